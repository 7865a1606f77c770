import Storage
import WireProtocol

/// Bundles, for whoever runs the server.
public enum TenantBundles {
  /// How long the server may take over one message, in seconds.
  private static let patience = 120

  /// Takes a push bundle in and writes the reply. The tenant may be served meanwhile, and by the same rules:
  /// what the bundle's device may write and read is asked when it is taken in. Taken in again, after a crash
  /// or by mistake, it changes nothing, and gets the same verdicts.
  ///
  /// - Parameters:
  ///   - file: the push bundle.
  ///   - directory: the tenant's folder.
  ///   - reply: the delivery bundle to make; there must be no such file.
  ///   - progress: told how many bytes of the file are taken in, and of how many.
  /// - Throws: `StartFailure`; then there is no reply. Entries that were taken in before keep their verdicts.
  public static func take(
    _ file: String, into directory: String, reply: String, progress: (_ read: Int, _ of: Int) -> Void
  ) async throws -> TakenBundle {
    try await translating(file, directory, reply) {
      let keys = try TenantBundleKeys(directory: directory)
      try BundleTaking.check(file, keys)
      do {
        let socket = try LocalSocket.connected(to: directory, patience: patience)
        return try take(file, reply: reply, keys, over: socket, progress)
      } catch LocalSocket.Failure.nobody {
        return try await takeUnserved(file, into: directory, reply: reply, keys, progress)
      }
    }
  }

  private static func take(
    _ file: String, reply: String, _ keys: TenantBundleKeys, over socket: LocalSocket,
    _ progress: (Int, Int) -> Void
  ) throws -> TakenBundle {
    var taking = BundleTaking(keys: keys, socket: socket)
    try taking.take(file, reply: reply, progress: progress)
    return taking.report
  }

  /// Nobody serves the tenant: it is held here meanwhile, and reached in the same way.
  private static func takeUnserved(
    _ file: String, into directory: String, reply: String, _ keys: TenantBundleKeys,
    _ progress: (Int, Int) -> Void
  ) async throws -> TakenBundle {
    let tenant = try TenantServer(directory: directory, post: { _ in }, onFailure: { _ in })
    let result: Result<TakenBundle, any Error>
    do {
      let listener = try BundleListener(directory: directory, tenant: tenant)
      defer { listener.stop() }
      let socket = try LocalSocket.connected(to: directory, patience: patience)
      result = .success(try take(file, reply: reply, keys, over: socket, progress))
    } catch {
      result = .failure(error)
    }
    try? await tenant.close()
    return try result.get()
  }

  private static func translating<Result>(
    _ file: String, _ directory: String, _ reply: String, _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as BundleError {
      throw StartFailure(error, file: file, reply: reply)
    } catch BundleTaking.Failure.refused(let code) {
      throw StartFailure(refused: code, file: file)
    } catch let error as StorageError where error.code == .inUse {
      throw StartFailure(
        """
        Another program has the tenant in \(directory) open and takes no bundles: a server that is just \
        starting, or one without the right to make a socket there. Nothing was changed; try again.
        """)
    } catch let error as StorageError {
      throw StartFailure(error, directory: directory)
    } catch let error as ProtocolError {
      throw StartFailure(refused: error.code, file: file)
    } catch is LocalSocket.Failure, is BundleTaking.Failure {
      throw StartFailure(
        """
        The server in \(directory) ended or did not answer in time. What it took in is kept; take \(file) \
        again, which does no harm.
        """)
    }
  }
}

extension StartFailure {
  /// What is wrong with the files.
  init(_ error: BundleError, file: String, reply: String) {
    let text =
      switch error.code {
      case .missing: "There is no \(file)."
      case .exists: "There is a file \(reply) already. Nothing was taken in; choose another name."
      case .notAccessible:
        "\(file) cannot be read, or \(reply) cannot be made. Look at their modes and the folder."
      case .foreignFile: "\(file) is no bundle. Nothing was taken in."
      case .newerVersion: "A newer version wrote \(file). Nothing was taken in; update kosd."
      case .wrongKind:
        "\(file) is a delivery for a device, not a push from one: take it there, with kos bundle take."
      case .otherTenant: "\(file) is for another tenant. Nothing was taken in."
      case .otherDevice: "\(file) is for another device. Nothing was taken in."
      case .damaged:
        "\(file) is damaged from byte \(error.offset ?? 0) on, or sealed to another key. Nothing was taken "
          + "in; copy it anew, or write it anew on the device, which has everything still."
      case .diskFull:
        "The disk is full: there is no reply. Take \(file) again when there is room; it does no harm."
      case .inputOutput: "The disk failed: there is no reply. Take \(file) again; it does no harm."
      }
    self.init(text)
  }

  /// What the server's refusal means for a bundle.
  init(refused code: ErrorCode, file: String) {
    let reason =
      switch code {
      case .unknownDevice: "the server does not know the device"
      case .wrongTenant: "it is for another tenant"
      case .badSignature: "the device's signature is wrong"
      case .forked:
        "the device was restored or cloned, or goes on under another actor; it must connect once, and then "
          + "nothing of it is lost"
      case .epochMismatch:
        "it was written in another epoch: the server was restored since; the device must connect once, and "
          + "then nothing of it is lost"
      case .noCommonVersion, .unsupported: "one of the programs is too old"
      case .retry: "the server cannot do it now; take it again"
      default: "the program that wrote it has a fault"
      }
    self.init("\(file) is not taken in: \(reason) (\(code.name)). There is no reply.")
  }
}
