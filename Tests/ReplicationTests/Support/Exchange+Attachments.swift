import CRDT
import CaseModel
import Replication
import WireProtocol

extension Exchange {
  /// Connects a device that exchanges attachments' bytes too.
  @discardableResult
  func connectWithAttachments(_ station: Workstation) throws -> Int {
    let connection = try connect(station)
    run()
    _ = takeLines(station)
    let machine = AttachmentMachine()
    station.attachments = machine
    advanceAttachments(of: station) { try $0.opened(replica: station.bytes) }
    return connection
  }

  func tellOfAttachments(_ frame: Frame, _ station: Workstation) {
    advanceAttachments(of: station) { try $0.received(frame.bytes, replica: station.bytes) }
    advanceAttachments(of: station) { try $0.changed(replica: station.bytes) }
  }

  func advanceAttachments(
    of station: Workstation, _ event: (inout AttachmentMachine) throws -> [AttachmentMachine.Action]
  ) {
    guard var machine = station.attachments, let connection = station.connection else { return }
    do {
      let actions = try event(&machine)
      station.attachments = machine
      for action in actions {
        switch action {
        case .send(let bytes): send(Frame(connection: connection, direction: .toServer, bytes: bytes))
        case .store(let write): station.bytes.carryOut(write)
        case .report(let progress): station.progress.append(progress.bytes)
        case .end(let reason):
          station.faults.append(reason)
          return cut(station)
        }
      }
    } catch {
      station.faults.append("\(error)")
    }
  }
}

extension House {
  /// An attachment record in the case, written and known to all.
  func attachment(of content: [UInt8], by station: Workstation) throws -> Identifier {
    let id = exchange.identifier()
    let draft = CaseWork.attachment(
      id: id, in: caseID, name: "brev.pdf", mediaType: "application/pdf", size: content.count,
      digest: AttachmentReplicaModel.digest(of: content).bytes, on: day)
    try exchange.write([draft], at: station)
    for station in [station, leader, coordinator, psychologist] { try exchange.sync(station) }
    return id
  }
}
