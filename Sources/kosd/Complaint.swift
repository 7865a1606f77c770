import ArgumentParser
import Foundation
import SyncServer

/// Runs a command's work; what goes wrong is told in a sentence, not by the name of an error.
func complaining(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as ValidationError {
    throw error
  } catch {
    FileHandle.standardError.write(Data("kosd: \(ServerComplaint.text(of: error))\n".utf8))
    throw ExitCode.failure
  }
}
