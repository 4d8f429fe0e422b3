/// Reads a whole file, one entry after the other.
struct FileReader {
  private let name: String
  private let problems = Problems()
  private let decoder: Decoder

  init(_ name: String) {
    self.name = name
    decoder = Decoder(problems)
  }

  func read(_ events: (any FileEvents)?) -> Result<SecurityFile, SecurityFileErrors> {
    var file = SecurityFile(name: name)
    guard let events else { return failure(FileProblem("out of memory", at: .start)) }
    do throws(SyntaxError) {
      try readRoot(Composer(events, problems), into: &file)
    } catch {
      if error.isAlone { return failure(error.problem) }
      problems.add(error.problem)
    }
    file.check(problems)
    guard problems.list.isEmpty else {
      file.checkReferences(problems)
      return .failure(SecurityFileErrors(fileName: name, problems: problems.list))
    }
    return .success(file)
  }

  private func failure(_ problem: FileProblem) -> Result<SecurityFile, SecurityFileErrors> {
    .failure(SecurityFileErrors(fileName: name, problems: [problem]))
  }

  private func readRoot(_ composer: Composer, into file: inout SecurityFile) throws(SyntaxError) {
    let root = try composer.next()
    guard case .mappingStart = root.event else {
      throw SyntaxError(
        "a security file is a mapping that begins with popsec: \(SecurityFile.version)", at: root.position)
    }
    var hasVersion = false
    try composer.members(of: root.position) { (text, position, value) throws(SyntaxError) in
      switch Fields<FileKey>.key(text, at: position, problems) {
      case .popsec:
        hasVersion = true
        try decoder.checkVersion(
          try composer.entry(value), "popsec", of: "the security file", SecurityFile.version)
      case .catalogue: try readCatalogue(composer, value, into: &file)
      case .roles: file.roles = try section(.roles, composer, value, &file, decoder.role)
      case .teams: file.teams = try section(.teams, composer, value, &file, decoder.team)
      case .apiUsers: file.apiUsers = try section(.apiUsers, composer, value, &file, decoder.apiUser)
      case .users: file.users = try section(.users, composer, value, &file, decoder.user)
      case .laws: file.laws = try section(.laws, composer, value, &file, decoder.law)
      case nil: _ = try composer.entry(value)
      }
    }
    if !hasVersion {
      problems.add(
        "\(FileKey.owner) needs the key \(shown("popsec"))", at: root.position,
        hint: "begin with popsec: \(SecurityFile.version)")
    }
    guard case .end = try composer.next().event else { return }
  }

  private func readCatalogue(
    _ composer: Composer, _ value: Composer.Piece, into file: inout SecurityFile
  ) throws(SyntaxError) {
    guard case .mappingStart = value.event else {
      decoder.wrongType(try composer.entry(value), "catalogue", "a mapping")
      return
    }
    try composer.members(of: value.position) { (text, position, value) throws(SyntaxError) in
      switch Fields<CatalogueKey>.key(text, at: position, problems) {
      case .connectors: file.connectors = try section(.connectors, composer, value, &file, decoder.connector)
      case .widgets: file.widgets = try section(.widgets, composer, value, &file, decoder.widget)
      case .endpoints: file.endpoints = try section(.endpoints, composer, value, &file, decoder.endpoint)
      case nil: _ = try composer.entry(value)
      }
    }
  }

  /// The entries of a section. Where the section is no list, the result is nil and a problem is reported.
  private func section<Entry>(
    _ section: FileSection, _ composer: Composer, _ value: Composer.Piece, _ file: inout SecurityFile,
    _ decode: (Node) -> Entry?
  ) throws(SyntaxError) -> [Entry]? {
    let what = section.key
    guard case .sequenceStart = value.event else {
      decoder.wrongType(
        try composer.entry(value), what, "a list",
        hint: "an empty list, [], removes all; leave the section out to leave it alone")
      return nil
    }
    var entries: [Entry] = []
    try composer.elements(of: value.position) { (piece) throws(SyntaxError) in
      guard entries.count < section.maximumEntryCount else {
        throw SyntaxError("\(what) has more than \(section.maximumEntryCount) entries", at: piece.position)
      }
      if let entry = decode(try composer.entry(piece)) {
        entries.append(entry)
      } else {
        file.incompleteSections.insert(section)
      }
      // Beyond the limit no problems are collected, so reading on would only take time.
      if problems.isFull { throw SyntaxError("too many errors", at: piece.position) }
    }
    return entries
  }
}
