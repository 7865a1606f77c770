public import CRDT
import CaseModel
import WireProtocol

/// A push bundle: read out like a session's messages, and answered by those of a delivery bundle.
///
///     awaitingBundle ──opening, signature──▶ openingBundle ──committed──▶ open ──▶ push*, follow
///
/// Whoever reads it out confirms each delivery once it is written down, so that no more of them wait than in
/// a session. What is in the file the device may never see: so the server notes nothing of it, hands out no
/// token, and ends no session of the device.
extension ServerSession {
  /// Whether a bundle is read out.
  var isBundle: Bool {
    switch state {
    case .awaitingBundle, .openingBundle: true
    case .open(let open): open.isBundle
    case .awaitingHello, .awaitingAuthentication, .opening, .rescuing, .closed: false
    }
  }

  /// The device is known, and nothing keeps its bundle from being taken in.
  ///
  /// The reply has its body alone: header and signature are added by whoever seals the delivery bundle.
  public mutating func carried(
    _ device: Device, directory: TenantDirectory, aliases: [Identifier], at now: Int64
  ) -> [Action] {
    guard case .openingBundle(let bundle) = state else { return [] }
    guard let account = directory.accounts[device.account] else { return fail(.unknownDevice) }
    let tenant = directory.tenant
    let open = OpenSession(
      device: device, account: account, bundleFrom: bundle.presented.cursor,
      isInRecovery: directory.isInRecovery, revocation: directory.revocations[device.id])
    guard open.revocation?.reason != .stolen else { return fail(.deviceRevoked) }
    let body = WireBundleReplyBody.with {
      $0.tenant = .init(tenant.id.bytes)
      $0.actor = device.actor.rawValue
      $0.epoch = .init(tenant.epoch.bytes)
      $0.time = now
      $0.helloDigest = .init(bundle.helloDigest.bytes)
      $0.cursor = .init(bundle.presented.cursor)
    }
    guard let encoded: [UInt8] = try? body.serializedBytes() else { return fail(.malformed) }
    let welcome = open.welcome(tenant: tenant, aliases: aliases, at: now)
    state = .open(open)
    return [
      .authenticated, .send(.with { $0.bundle = .with { $0.body = .init(encoded) } }),
      .send(.with { $0.welcome = welcome }),
    ]
  }
}
