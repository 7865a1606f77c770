import CaseModel
import Testing

/// Pages to print: one harmless file, whatever the texts in it are.
@Suite struct PageTests {
  static let hostile = [
    "<script>alert(1)</script>", "</title><script>", "\" onload=\"x", "' onerror='x", "&lt;script&gt;",
    "&#60;b&#62;", "<!--", "-->", "]]>", "<![CDATA[", "\u{202e}gnp.exe", "\u{2066}\u{2069}", "\u{0}",
    "\u{1b}[2J",
    "\u{7f}\u{9b}", "\u{feff}", "\u{e003c}script\u{e003e}", "javascript:alert(1)", "</style><style>*{}",
    "ＡＢ＜ｘ＞",
    "a\r\nb\rc\nd", "\tx", "ø", "👩‍👧", "%3Cb%3E", "<img src=x>", "{{7*7}}", "\u{fffd}<", "<\u{0}script>",
  ]

  /// Where tags may stand in what was printed.
  private static let tags: Set = [
    "<!DOCTYPE html>", "<head>", "</head>", "<title>", "</title>", "<style>", "</style>", "<body>", "</body>",
    "<main>", "</main>", "<html lang=\"da\">", "</html>", "<br>", "<h1>", "</h1>", "<h2>", "</h2>", "<p>",
    "</p>",
    "<p class=\"frame\">", "<p class=\"remark\">", "<p class=\"line\">", "<ul>", "</ul>", "<ol>", "</ol>",
    "<li>", "</li>", "<table>", "</table>", "<caption>", "</caption>", "<tr>", "</tr>", "<th scope=\"col\">",
    "<th scope=\"row\">", "</th>", "<td>", "</td>", "<strong>", "</strong>", "<section>", "</section>",
  ]

  /// Takes a page apart into its tags and the texts between them, as a browser would.
  private func parts(_ html: String) -> (tags: [String], text: String) {
    var tags: [String] = []
    var text = ""
    var rest = Substring(html)
    while let open = rest.firstIndex(of: "<") {
      text += rest[..<open]
      let close = rest[open...].firstIndex(of: ">") ?? rest.index(before: rest.endIndex)
      tags.append(String(rest[open...close]))
      rest = rest[rest.index(after: close)...]
    }
    return (tags, text + rest)
  }

  private func read(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
    }
  }

  @Test(arguments: 0..<150) func hostileTextsStayTexts(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    func text() -> String { (0..<random.below(4)).map { _ in random.pick(Self.hostile) }.joined() }
    func node(_ depth: Int) -> PageNode {
      let element = random.pick(PageNode.Element.allCases)
      guard depth > 0 else { return .element(element, text()) }
      return .element(element, (0..<random.below(3)).map { _ in node(depth - 1) } + [.text(text())])
    }
    let page = Page(title: text(), language: "da\"><script>", content: [node(3), node(2)])
    let html = page.html
    let (tags, words) = parts(html)
    for tag in tags where !tag.hasPrefix("<meta ") && !tag.hasPrefix("<html ") {
      #expect(Self.tags.contains(tag), "seed \(seed): \(tag)")
    }
    #expect(tags.contains("<html lang=\"dascript\">"), "\(tags.prefix(3))")
    #expect(!words.contains("<"), "seed \(seed)")
    for scalar in html.unicodeScalars {
      #expect(scalar == "\n" || !scalar.isInvisible, "seed \(seed): \(scalar.value)")
    }
  }

  /// What a reader sees is what was written, but for what is invisible.
  @Test(arguments: hostile) func textsComeBack(_ text: String) {
    let html = PageNode.element(.paragraph, text).html
    #expect(html.hasPrefix("<p>") && html.hasSuffix("</p>"))
    let lines = html.dropFirst(3).dropLast(4).split(separator: "<br>", omittingEmptySubsequences: false)
    let wanted = text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
      .unicodeScalars.filter { $0 == "\n" || $0 == "\r" || $0 == "\t" || !$0.isInvisible }
      .map { $0 == "\r" ? "\n" : $0 == "\t" ? " " : String($0) }.joined()
    #expect(read(lines.joined(separator: "\n")) == wanted)
  }

  @Test func aPageStandsAlone() {
    let page = Page(
      title: "Plan", language: "da",
      content: [
        .element(.title, "Plan"), .table("Mål", ["Mål", "Hvem"], [["søvn", "Karin"]]),
        .element(.list, [.element(.item, "et")]),
      ] + PageNode.lines(2) + PageNode.paragraphs("a\nb\n\n \nc"))
    let html = page.html
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"da\">"))
    for part in [
      "default-src 'none'", "<th scope=\"col\">Hvem</th>", "<th scope=\"row\">søvn</th><td>Karin</td>",
      "@media print", "<p>a<br>b</p>\n<p>c</p>", "<caption>Mål</caption>",
    ] { #expect(html.contains(part), "\(part)") }
    for word in ["<script", "src=", "href=", "url(", "@import", "http:", "https:"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.utf8.count < 3000)
    #expect(PageNode.paragraphs("\n \n").isEmpty && PageNode.lines(-1).isEmpty)
  }
}
