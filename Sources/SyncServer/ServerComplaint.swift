import Storage
import WebSocketTransport

/// What an operator is told when a server cannot be set up or started: what happened, and what to do.
public enum ServerComplaint {
  /// One sentence or two, without anything of the tenant's data.
  public static func text(of error: any Error) -> String {
    switch error {
    case let error as TransportError: error.message
    case let error as StorageError: text(of: error.code) ?? error.description
    default: "\(error)"
    }
  }

  private static func text(of code: StorageError.Code) -> String? {
    switch code {
    case .missing: "There is no tenant in the folder. Make one with: kosd init --data DIR --tenant NAME"
    case .exists: "There is a tenant in the folder already; nothing was changed. Choose another folder."
    case .inUse, .busy: "Another kosd uses the folder; nothing was changed. Stop it first."
    case .damaged, .foreignFile: "The tenant's files are damaged and were not touched. Restore a backup."
    case .newerSchema: "A newer kosd wrote the tenant's files; they were not touched. Use that one."
    case .notAccessible:
      "The folder or a file in it cannot be used. Look at its mode, and whether the folder above it exists."
    case .tooOpen:
      "Others may read the tenant's keys. Nothing was changed. Use: chmod 600 on the file of keys"
    case .diskFull: "The disk is full. Make room and try again."
    default: nil
    }
  }
}
