import CRDT
import Foundation
import SwiftProtobuf

@testable import WireProtocol

/// The vectors of what is said of attachments' bytes (messages 40 to 43).
extension Fixture {
  private var bytes: Data { Data("Et brev, som er meget kort.".utf8) }

  func attachmentVector() throws -> Vector {
    let digest = Digest(hashing: Array(bytes))
    let upload = WireUpload.with {
      $0.attachment = Data(otherRecord.bytes)
      $0.size = UInt64(bytes.count)
      $0.digest = Data(digest.bytes)
    }
    let chunk = WireChunk.with {
      $0.attachment = Data(otherRecord.bytes)
      $0.content = bytes
    }
    let later = WireChunk.with {
      $0.attachment = Data(otherRecord.bytes)
      $0.offset = UInt64(Limits.chunkBytes)
      $0.content = bytes
    }
    let fetch = WireFetch.with {
      $0.attachment = Data(otherRecord.bytes)
      $0.offset = UInt64(Limits.chunkBytes)
    }
    let asked = WireAvailabilityRequest.with {
      $0.attachments = [Data(record.bytes), Data(otherRecord.bytes)]
    }
    return Vector(
      name: "attachment",
      content: [
        "what": "What is said of an attachment's bytes, each a whole message.",
        "attachment": .id(otherRecord), "content": .hex(Array(bytes)), "digest": .hex(digest),
        "client": .list([
          [
            "message": "upload", "attachment": .id(otherRecord), "size": .number(Int64(bytes.count)),
            "digest": .hex(digest), "encoded": try encoded(client: .upload(upload)),
          ],
          [
            "message": "chunk", "attachment": .id(otherRecord), "offset": 0, "content": .hex(Array(bytes)),
            "encoded": try encoded(client: .chunk(chunk)),
          ],
          [
            "message": "fetch", "attachment": .id(otherRecord), "offset": .number(Int64(Limits.chunkBytes)),
            "encoded": try encoded(client: .fetch(fetch)),
          ],
          [
            "message": "availability", "attachments": .list([.id(record), .id(otherRecord)]),
            "encoded": try encoded(client: .availability(asked)),
          ],
        ]),
        "server": .list(
          try stored() + [try fetchFailure()] + [
            [
              "message": "chunk", "attachment": .id(otherRecord), "offset": .number(Int64(Limits.chunkBytes)),
              "content": .hex(Array(bytes)), "encoded": try encoded(server: .chunk(later)),
            ]
          ] + (try [false, true].map(availability))),
      ])
  }

  /// News of what has just come, and the answer to a request.
  private func availability(answersRequest: Bool) throws -> JSON {
    let message = WireAvailability.with {
      $0.attachments = [Data(otherRecord.bytes)]
      $0.answersRequest = answersRequest
    }
    return [
      "message": "availability", "attachments": .list([.id(otherRecord)]),
      "answers_request": .flag(answersRequest), "encoded": try encoded(server: .availability(message)),
    ]
  }

  /// Half, all, what goes on behind what is missing, and what is refused.
  private func stored() throws -> [JSON] {
    try [(13, false, false, 0), (27, true, false, 0), (13, false, true, 0), (0, false, false, 33)].map {
      (count: Int64, complete: Bool, rewind: Bool, code: Int64) in
      let stored = WireStored.with {
        $0.attachment = Data(otherRecord.bytes)
        $0.bytes = UInt64(count)
        $0.complete = complete
        $0.rewind = rewind
        $0.code = UInt32(code)
      }
      return [
        "message": "stored", "attachment": .id(otherRecord), "bytes": .number(count),
        "complete": .flag(complete), "rewind": .flag(rewind), "code": .number(code),
        "encoded": try encoded(server: .stored(stored)),
      ]
    }
  }

  private func fetchFailure() throws -> JSON {
    let failure = WireFetchFailure.with {
      $0.attachment = Data(otherRecord.bytes)
      $0.offset = UInt64(Limits.chunkBytes)
      $0.code = ErrorCode.bytesAwaited.rawValue
    }
    return [
      "message": "fetch_failure", "attachment": .id(otherRecord),
      "offset": .number(Int64(Limits.chunkBytes)), "code": .number(Int64(ErrorCode.bytesAwaited.rawValue)),
      "encoded": try encoded(server: .fetchFailure(failure)),
    ]
  }

  private func encoded(client body: WireClientMessage.OneOf_Body) throws -> JSON {
    .hex(try WireClientMessage.with { $0.body = body }.serializedBytes() as [UInt8])
  }

  private func encoded(server body: WireServerMessage.OneOf_Body) throws -> JSON {
    .hex(try WireServerMessage.with { $0.body = body }.serializedBytes() as [UInt8])
  }
}
