import Foundation

/// Copies what a backup of a store's folder copies: its files, and not the pipes and sockets by which
/// processes meet there, which a killed one leaves behind.
public func copyFiles(of folder: String, to copy: String) throws {
  let files = FileManager.default
  try files.createDirectory(
    atPath: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  for name in try files.contentsOfDirectory(atPath: folder) {
    let kind = try files.attributesOfItem(atPath: folder + "/" + name)[.type] as? FileAttributeType
    guard kind == .typeRegular else { continue }
    try files.copyItem(atPath: folder + "/" + name, toPath: copy + "/" + name)
  }
}
