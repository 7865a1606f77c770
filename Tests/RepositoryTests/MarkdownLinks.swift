import Foundation

/// The links of a Markdown file: inline, images, and reference definitions; not those in code.
enum MarkdownLinks {
  static func links(of file: SourceFile) -> [(line: Int, target: String)] {
    var fence: Substring?
    return file.lines.enumerated().flatMap { number, line -> [(line: Int, target: String)] in
      let start = line.drop { $0 == " " }.prefix { $0 == "`" || $0 == "~" }
      if start.count >= 3 {
        if fence == nil {
          fence = start
        } else if let open = fence, start.hasPrefix(open) {
          fence = nil
        }
        return []
      }
      return fence == nil && !line.hasPrefix("    ") ? targets(of: line).map { (number + 1, $0) } : []
    }
  }

  private static func targets(of line: Substring) -> [String] {
    let prose = line.replacing(#/`[^`]*`/#, with: "``")
    let inline = prose.matches(of: #/\]\(\s*<?(?<target>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?[^()]*\)/#)
    let definition = prose.prefixMatch(of: #/ {0,3}\[[^\]]+\]:\s*<?(?<target>[^\s<>]+)/#)
    return inline.map { String($0.output.target) } + (definition.map { [String($0.output.target)] } ?? [])
  }

  /// The path that a link names, without its anchor; nil for addresses, and for anchors in the same file.
  static func relativePath(of target: String) -> String? {
    guard target.prefixMatch(of: #/[A-Za-z][A-Za-z0-9+.\-]*:/#) == nil, !target.hasPrefix("//") else {
      return nil
    }
    let path = target.prefix { $0 != "#" && $0 != "?" }
    return path.isEmpty ? nil : path.removingPercentEncoding ?? String(path)
  }

  /// The path from the root; nil when it leads out of the project.
  static func resolve(_ path: String, from folder: [String]) -> String? {
    var parts = folder
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(String(part))
      } else if parts.popLast() == nil {
        return nil
      }
    }
    return parts.joined(separator: "/")
  }
}
