import CRDT
import Replication
import Storage

/// How far the files have come that somebody hands over, piece by piece. The server says after each piece how
/// much of the file it has, so what an earlier attempt brought is not brought again.
struct FileHandOver {
  private var file: Identifier?
  private var stored: UInt64 = 0
  private var isOver = false

  /// Whether a piece is to be sent, as far as the server's answers tell.
  func mustSend(_ piece: SealedWork.Piece) -> Bool {
    guard piece.file == file else { return true }
    return !isOver && piece.start >= stored
  }

  /// Takes in what became of a piece.
  ///
  /// - Parameter answer: `nil` when the piece was good for nothing.
  mutating func note(_ answer: RescueAnswer.File?, on piece: SealedWork.Piece, in report: inout RescueReport)
  {
    if file != piece.file {
      file = piece.file
      stored = 0
      isOver = false
      report.files += 1
    }
    let now = max(stored, answer?.bytes ?? 0)
    report.bytes += now - stored
    stored = now
    if answer?.isComplete == true { report.filesComplete += 1 }
    // What did not bring it to the piece's end brings no later piece either.
    isOver = answer.map { $0.isComplete || $0.bytes < piece.start + piece.length } ?? true
  }
}
