/// Which media type (RFC 6838) goes with which ending of a file's name. Nothing but an ending of this table
/// is ever taken from what a peer says.
enum MediaType {
  private static let table: [(ending: String, type: String)] = [
    ("pdf", "application/pdf"), ("txt", "text/plain"), ("md", "text/markdown"), ("csv", "text/csv"),
    ("jpg", "image/jpeg"), ("jpeg", "image/jpeg"), ("png", "image/png"), ("heic", "image/heic"),
    ("tif", "image/tiff"), ("gif", "image/gif"), ("mp4", "video/mp4"), ("m4a", "audio/mp4"),
    ("mp3", "audio/mpeg"), ("rtf", "application/rtf"), ("zip", "application/zip"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
  ]

  /// The type of a file by its name.
  static func of(_ name: String) -> String {
    let ending = name.split(separator: ".").last?.lowercased()
    return table.first { $0.ending == ending }?.type ?? "application/octet-stream"
  }

  /// The ending for a type; `bin` for one that is not in the table.
  static func ending(for type: String?) -> String { table.first { $0.type == type }?.ending ?? "bin" }
}
