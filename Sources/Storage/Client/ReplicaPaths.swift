/// The files of a replica's folder.
struct ReplicaPaths: Sendable {
  let home: String
  var database: String { home + "/replica.db" }
  var writeLock: String { home + "/write.lock" }
  var sessionLock: String { home + "/session.lock" }
  var wake: String { home + "/wake" }
  var used: String { home + "/used" }
  var locked: String { home + "/locked" }
  var deviceKey: String { home + "/device.key" }

  init(_ home: String) { self.home = home }
}
