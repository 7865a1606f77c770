import ArgumentParser
import Foundation
import SyncServer
import WebSocketTransport

/// Runs a command's work; what goes wrong is told in a sentence, not by the name of an error.
func complaining(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as ValidationError {
    throw error
  } catch {
    let text = (error as? TransportError)?.message ?? "\(error)"
    FileHandle.standardError.write(Data("kosd: \(text)\n".utf8))
    throw ExitCode.failure
  }
}
