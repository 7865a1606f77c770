import FoundationEssentials

/// Imports a caseload: JSON lines, one event a line, in any order, with no step required.
///
/// `parse` reads a file, `plan` makes drafts of its events. Ids come from the lines' content, so that
/// importing the same file again, or one with the same lines in another order, makes nothing twice.
public enum CaseloadImport {
  /// The longest line in bytes: many times an event's text, and small enough to be parsed at once.
  public static let lineBytesMax = 1 << 16
  /// The most lines of a file: a thousand times the shipped caseload, held in memory at once.
  public static let linesMax = 1 << 19

  /// Reads a file. Blank lines, a byte-order mark and carriage returns at line ends are passed over.
  ///
  /// - Complexity: O(bytes)
  public static func parse(_ bytes: [UInt8]) -> CaseloadFile {
    var file = CaseloadFile()
    let content = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
    let decoder = JSONDecoder()
    let lines = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (offset, line) in lines.enumerated() where !line.allSatisfy(isSpace) {
      guard offset < linesMax else {
        file.errors.append(CaseloadError(line: offset + 1, cause: .tooManyLines))
        break
      }
      do {
        try read(line, number: offset + 1, decoder, into: &file)
      } catch {
        file.errors.append(error)
      }
    }
    return file
  }

  private static func read(
    _ line: ArraySlice<UInt8>, number: Int, _ decoder: JSONDecoder, into file: inout CaseloadFile
  ) throws(CaseloadError) {
    guard line.count <= lineBytesMax else { throw CaseloadError(line: number, cause: .lineTooLong) }
    guard String(validating: line, as: UTF8.self) != nil else {
      throw CaseloadError(line: number, cause: .notUTF8)
    }
    guard let value = try? decoder.decode(JSONValue.self, from: Data(line)) else {
      throw CaseloadError(line: number, cause: .notJSON)
    }
    guard case .object(let members) = value else {
      throw CaseloadError(line: number, cause: .notAnObject)
    }
    var reader = CaseloadLineReader(line: number, members: members)
    let name = try reader.required("event", try reader.string("event"))
    let day = try reader.required("date", try reader.day("date"))
    let family = try reader.string("family")
    guard let content = try reader.content(of: name) else {
      file.notices.append(CaseloadNotice(line: number, cause: .unknownEvent(name)))
      return
    }
    if !reader.unknown.isEmpty {
      file.notices.append(CaseloadNotice(line: number, cause: .unknownKeys(reader.unknown.sorted())))
    }
    file.events.append(
      CaseloadEvent(
        line: number, day: day,
        family: content == .statusMeeting ? "" : try reader.required("family", family), content: content,
        canonical: value.canonical))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}
