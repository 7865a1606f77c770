import Storage
import WireProtocol

/// Handing cases over to another tenant and taking them over, for whoever runs the server (R51).
public enum TenantTransfers {
  /// What was handed over, or taken over: counts and ids of the system, nothing of content.
  public struct Report: Sendable {
    private let summary: TransferSummary
    private let isDryRun: Bool

    fileprivate init(_ summary: TransferSummary, isDryRun: Bool = false) {
      (self.summary, self.isDryRun) = (summary, isDryRun)
    }

    /// What people are told who hand over.
    public func sent(as file: String) -> String {
      """
      \(file): \(counts), sealed to \(Self.plain(summary.other)); \(summary.fileBytes) bytes. \
      Carry it there: kosd transfer receive. Keep it until they have a backup; it can be made again.\(through)
      """
    }

    /// What people are told who take over.
    public var received: String {
      let words = "From \(Self.plain(summary.other)): \(counts), of which \(summary.newChanges) changes "
      return words
        + (isDryRun
          ? "are not here. The file is whole, and nothing was taken in."
          : "were not here. A leader confirms who takes part in these cases, with kos arrival confirm CASE.")
        + through
    }

    /// By whom cases came to whoever hands them over.
    private var through: String {
      summary.through.map {
        """
        \nSome had come from \(Self.plain($0.name)). Compare its card with its people by another way: \
        \($0.fingerprint)
        """
      }.joined()
    }

    /// What others call themselves, without what a terminal would obey.
    private static func plain(_ name: String) -> String {
      let scalars = name.unicodeScalars.filter {
        $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
      }
      return String(String.UnicodeScalarView(scalars))
    }

    private var counts: String {
      "\(summary.cases.count) cases, \(summary.records) records, \(summary.changes) changes, "
        + "\(summary.attachments) attachments"
        + (summary.unfinished > 0 ? " (\(summary.unfinished) lack bytes, which cannot come any more)" : "")
        + (summary.left > 0 ? " (\(summary.left) left out: the case is governed here by now)" : "")
    }

    /// What programs are told.
    public var json: String {
      let cases = summary.cases.map { "\"\($0)\"" }.joined(separator: ",")
      let through = summary.through.map { "\"\($0.fingerprint)\"" }.joined(separator: ",")
      return #"{"cases":[\#(cases)],"records":\#(summary.records),"changes":\#(summary.changes),"#
        + #""unfinished":\#(summary.unfinished),"left":\#(summary.left),"#
        + #""new_changes":\#(summary.newChanges),"attachments":\#(summary.attachments),"#
        + #""file_bytes":\#(summary.fileBytes),"through":[\#(through)],"saved":\#(!isDryRun)}"#
    }
  }

  /// A tenant's card, and what people compare of it.
  public struct Card: Sendable {
    /// What other tenants are given.
    public let text: String
    /// What people compare: 64 hexadecimal digits.
    public let fingerprint: String
    /// What the tenant is called.
    public let name: String
  }

  /// The card of a tenant that nobody serves meanwhile.
  ///
  /// - Throws: `StartFailure`.
  public static func card(of directory: String, keys: String?, ledger: String?) throws -> Card {
    try with(directory, keys, ledger) { store in
      let card = store.card
      return Card(text: card.text, fingerprint: card.fingerprint, name: card.name)
    }
  }

  /// Hands over the cases that two leaders moved to another tenant. Nobody serves this one meanwhile.
  ///
  /// - Throws: `StartFailure`; then there is no file.
  public static func send(
    of directory: String, keys: String?, ledger: String?, to card: String, file: String
  ) throws -> Report {
    let card = try read(card)
    return try with(directory, keys, ledger) {
      Report(try $0.send(to: card, file: file, at: SystemSource.now))
    }
  }

  /// Takes over the cases in a file. Nobody serves the tenant meanwhile.
  ///
  /// - Parameters:
  ///   - isDryRun: whether the file is only looked through: nothing changes then.
  ///   - progress: told how many changes are taken in, and of how many.
  /// - Throws: `StartFailure`.
  public static func receive(
    _ file: String, into directory: String, keys: String?, ledger: String?, from card: String,
    isDryRun: Bool = false, progress: (_ done: Int, _ of: Int) -> Void
  ) throws -> Report {
    let card = try read(card)
    return try with(directory, keys, ledger) {
      Report(
        try $0.receive(file, from: card, at: SystemSource.now, isDryRun: isDryRun, progress: progress),
        isDryRun: isDryRun)
    }
  }

  private static func read(_ card: String) throws -> TenantCard {
    do {
      return try TenantCard(text: card)
    } catch {
      throw StartFailure("That is no card. The other tenant's people print theirs with: kosd card --data DIR")
    }
  }

  private static func with<Result>(
    _ directory: String, _ keys: String?, _ ledger: String?, _ body: (ServerStore) throws -> Result
  ) throws -> Result {
    try StartFailure.translating(directory) {
      let store = try ServerStore(
        directory: directory, ledger: ledger, keys: RecordKeyOptions(path: keys), isRestored: false)
      do {
        let result = try body(store)
        try store.close()
        return result
      } catch {
        try? store.close()
        throw (error as? TransferError).map(StartFailure.init) ?? (error as? BundleError).map(
          StartFailure.init)
          ?? error
      }
    }
  }
}

extension StartFailure {
  init(_ error: TransferError) {
    let text =
      switch error.code {
      case .nothingToSend:
        """
        No case is to go to that tenant. A leader proposes it with kos transfer add CASE --to CARD, another \
        confirms it with kos transfer confirm, and both sync; then try again. Nothing was written.
        """
      case .ownCard: "That is this tenant's own card. Nothing was changed."
      case .unproven:
        """
        A case came from another tenant, and what that one signed when it handed the case over is not all \
        there (\(error)). Whoever hands it on takes the file from there in again, with kosd transfer \
        receive, and then writes this one again. Nothing was changed.
        """
      case .cameBack:
        """
        A case was at that tenant before, which still has it sealed (\(error)). It cannot come back there \
        with its history. Nothing was changed. A leader takes the move back with kos transfer end; a new \
        case there goes on with what people take along.
        """
      case .badSignature:
        """
        The tenant with that card did not write this file. Compare the card with its people. Nothing was \
        changed.
        """
      case .malformed:
        """
        The file does not say what a transfer must (\(error)). Have it written again: to take one in twice \
        does no harm.
        """
      case .clash:
        """
        This tenant has something else under a name in the file (\(error)). Nothing of it was overwritten.
        """
      }
    self.init(text)
  }

  init(_ error: BundleError) {
    let text =
      switch error.code {
      case .missing: "There is no such file. Nothing was changed."
      case .exists: "There is a file of that name already. Nothing was changed."
      case .foreignFile, .wrongKind: "The file is not what a tenant hands over. Nothing was changed."
      case .otherTenant: "The file is sealed to another tenant. Nothing was changed."
      case .newerVersion: "A newer kosd wrote the file. Nothing was changed; take it in with the newer one."
      case .diskFull: "The disk is full."
      case .notAccessible: "The file may not be read or written."
      default: "The file is damaged (\(error)). Have it written again."
      }
    self.init(text)
  }
}
