/// What a signature is for. Each has a string of its own in front of what is signed, so that no signature can
/// be passed off as another.
public enum SignatureContext: String, Sendable, CaseIterable {
  /// Both hellos, under the tenant key: over its own hello alone, the server's signature could be played
  /// again to another client.
  case serverHello = "kos.server-hello.v1"
  /// Both hellos, under the device's actor key.
  case session = "kos.session.v1"
  /// A push, under the device's actor key.
  case push = "kos.push.v1"
  /// A device certificate, under the tenant key.
  case certificate = "kos.device-certificate.v1"
  /// An actor certificate, under the key of the actor that the device leaves.
  case succession = "kos.succession.v1"
  /// The header and the hello of a push bundle, under the device's actor key.
  case bundle = "kos.bundle.v1"
  /// The header and the body of a delivery bundle, under the tenant key.
  case bundleReply = "kos.bundle-reply.v1"
  /// The header and the statement of what one tenant hands over to another, under the sender's key.
  case transfer = "kos.transfer.v1"
  /// That somebody may hand over what a device kept sealed, under the device's actor key.
  case rescue = "kos.rescue.v1"
  /// Which file a piece is of that a device kept sealed, under the device's actor key.
  case rescueBytes = "kos.rescue-bytes.v1"
  /// A leader's statement that a recovery is over, under the device's actor key.
  case recoveryEnd = "kos.recovery-end.v1"
  /// An order of the tenant to one device, under the tenant key.
  case order = "kos.order.v1"
  /// A receipt for what was wiped, under the device's actor key.
  case receipt = "kos.receipt.v1"
  /// A checkpoint of a log of knowing, under the tenant key.
  case checkpoint = "kos.log-checkpoint.v1"
  /// Both hellos, under the verifier of an enrolment code (HMAC, not a signature).
  case enrolment = "kos.enrolment.v1"

  /// The bytes that are signed: the context, a zero byte, the content.
  public func bytes(over content: [UInt8]) -> [UInt8] { Array(rawValue.utf8) + [0] + content }
}
