extension PageNode {
  /// The part as HTML.
  public var html: String {
    switch self {
    case .text(let text): Self.escaped(text, breakingLines: true)
    case .element(let element, let parts):
      element.tags.open + parts.map(\.html).joined() + element.tags.close
    }
  }

  /// A text whose characters mean nothing but themselves, wherever in HTML it stands (WHATWG HTML § 13.1):
  /// without invisible characters and without those that turn the direction of writing.
  static func escaped(_ text: String, breakingLines: Bool = false) -> String {
    var escaped = ""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\r": escaped += breakingLines ? "<br>" : " "
      case "\n": escaped += previous == "\r" ? "" : breakingLines ? "<br>" : " "
      case "\t": escaped += " "
      case _ where scalar.isInvisible: break
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension PageNode.Element {
  /// How it begins and ends.
  var tags: (open: String, close: String) {
    switch self {
    case .title: ("<h1>", "</h1>")
    case .heading: ("<h2>", "</h2>")
    case .paragraph: ("<p>", "</p>")
    case .frame: ("<p class=\"frame\">", "</p>")
    case .remark: ("<p class=\"remark\">", "</p>")
    case .list: ("<ul>", "</ul>")
    case .numberedList: ("<ol>", "</ol>")
    case .item: ("<li>", "</li>")
    case .table: ("<table>", "</table>")
    case .caption: ("<caption>", "</caption>")
    case .row: ("<tr>", "</tr>")
    case .columnHeading: ("<th scope=\"col\">", "</th>")
    case .rowHeading: ("<th scope=\"row\">", "</th>")
    case .cell: ("<td>", "</td>")
    case .strong: ("<strong>", "</strong>")
    case .line: ("<p class=\"line\">", "</p>")
    case .section: ("<section>", "</section>")
    }
  }
}
