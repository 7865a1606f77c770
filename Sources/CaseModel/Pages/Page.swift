/// A page to print or to send: one self-contained file of HTML without scripts and without anything that is
/// fetched from elsewhere, which reads well on paper, on a screen and aloud.
public struct Page: Sendable, Hashable {
  /// What a window or a reader calls it.
  public let title: String
  /// The language in which it is written, such as `da` (BCP 47); letters and hyphens alone are taken.
  public let language: String
  /// What stands in it.
  public let content: [PageNode]

  /// Describes a page.
  public init(title: String, language: String, content: [PageNode]) {
    self.title = title
    self.language = language
    self.content = content
  }

  /// The file's text.
  ///
  /// - Complexity: O(length)
  public var html: String {
    let code = language.unicodeScalars.filter { ("a"..."z").contains($0) || $0 == "-" }.map(String.init)
    return """
      <!DOCTYPE html>
      <html lang="\(code.joined())">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(PageNode.escaped(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      \(content.map(\.html).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// Dark on white, in letters that may be made larger; black and white on paper, with headings kept beside
  /// what they head.
  private static let style = """
    @page { size: A4; margin: 18mm }
    body { font: 1.05rem/1.5 sans-serif; color: #111; background: #fff; margin: 0 }
    main { max-width: 44rem; margin: 1.5rem auto; padding: 0 1rem }
    h1 { font-size: 1.6rem; line-height: 1.25 }
    h2 { font-size: 1.2rem; margin: 1.4rem 0 .4rem; break-after: avoid }
    table { border-collapse: collapse; width: 100%; margin: .6rem 0 }
    caption { text-align: left; font-weight: bold }
    th, td { border: 1px solid #555; padding: .25rem .5rem; text-align: left; vertical-align: top }
    tr, li { break-inside: avoid }
    .frame { border: 2px solid #111; padding: .5rem .8rem }
    .remark { font-size: .9rem; color: #333 }
    .line { border-bottom: 1px solid #555; height: 1.8rem; margin: 0 }
    @media print { body { font-size: 11pt } main { max-width: none; margin: 0; padding: 0 } }
    """
}
