/// Makes a document of settings of the events of a text.
struct ConfigReader {
  let problems = Problems()
  private let decoder: Decoder

  init() { decoder = Decoder(problems, of: ConfigDocument.owner) }

  func read(_ events: any FileEvents) -> ConfigDocument {
    do throws(SyntaxError) {
      let composer = Composer(events, problems)
      let first = try composer.next()
      if case .end = first.event { return ConfigDocument() }
      let root = try composer.entry(first)
      // What follows the document is an error, too.
      _ = try composer.next()
      if case .scalar(let scalar) = root.content, scalar.isNull { return ConfigDocument() }
      return document(root)
    } catch {
      problems.add(error.problem)
      return ConfigDocument()
    }
  }

  private func document(_ root: Node) -> ConfigDocument {
    var document = ConfigDocument()
    guard let fields = Fields<ConfigKey>(root, problems) else { return document }
    document.theme = fields[.theme].flatMap { spot($0, "theme") }
    document.startPage = fields[.startPage].flatMap { spot($0, "startPage") }
    document.timeZone = fields[.timeZone].flatMap { spot($0, "timeZone") }
    document.copyRowAs = fields[.copyRowAs].flatMap { spot($0, "copyRowAs") }
    document.keys = sections(fields[.keys], "keys") { members($0, "the keys of a page").map(assignment) }
    document.columns = sections(fields[.columns], "columns") { list($0, "columns") { spot($0, "a column") } }
    document.views = sections(fields[.views], "views") { list($0, "views", view) }
    return document
  }

  /// The sections of a mapping by pages or lists.
  private func sections<Content>(
    _ node: Node?, _ what: String, _ content: (Node) -> [Content]
  ) -> [ConfigDocument.Section<Content>] {
    guard let node else { return [] }
    return members(node, what).map { member in
      ConfigDocument.Section(
        name: Spot(value: member.key, position: member.keyPosition), content: content(member.value))
    }
  }

  /// The members of a mapping. A mapping without any, written as a key alone, has none.
  private func members(_ node: Node, _ what: String) -> [Node.Member] {
    if case .mapping(let members) = node.content { return members }
    if case .scalar(let scalar) = node.content, scalar.isNull { return [] }
    decoder.wrongType(node, what, "a mapping")
    return []
  }

  /// The keys of an action: one, or a list.
  private func assignment(_ member: Node.Member) -> ConfigDocument.Assignment {
    let keys: [Spot<String>]
    if case .scalar = member.value.content {
      keys = spot(member.value, "a key").map { [$0] } ?? []
    } else {
      keys = list(member.value, "the keys of an action") { spot($0, "a key") }
    }
    return ConfigDocument.Assignment(
      action: Spot(value: member.key, position: member.keyPosition), keys: keys)
  }

  private func view(_ node: Node) -> ConfigDocument.View? {
    guard let fields = Fields<ConfigViewKey>(node, problems) else { return nil }
    let letter = fields[.letter].flatMap { spot($0, "a letter") }
    let name = fields[.name].flatMap { spot($0, "a name") }
    let filter = fields[.filter].flatMap { spot($0, "a filter") }
    let order = fields[.order].flatMap { spot($0, "an order") }
    let isDescending = decoder.flag(fields[.descending], "descending", default: false)
    guard let letter, let name, let filter else { return nil }
    return ConfigDocument.View(
      letter: letter, name: name, filter: filter, order: order, isDescending: isDescending)
  }

  private func list<Value>(_ node: Node, _ what: String, _ body: (Node) -> Value?) -> [Value] {
    let values = decoder.elements(node, what, body)
    let most = ConfigDocument.maximumCount
    if values.count > most { problems.add("\(what) may be at most \(most)", at: node.position) }
    return Array(values.prefix(most))
  }

  private func spot(_ node: Node, _ what: String) -> Spot<String>? {
    guard let text = decoder.text(node, what) else { return nil }
    let most = ConfigDocument.maximumTextLength
    guard text.count <= most else {
      problems.add("\(what) has at most \(most) characters", at: node.position)
      return nil
    }
    return Spot(value: text, position: node.position)
  }
}
