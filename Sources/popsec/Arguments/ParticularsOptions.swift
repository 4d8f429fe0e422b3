import Access
import Administration
import ArgumentParser
import Store

/// What is said about an API user or a token that is added or described.
struct ParticularsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Who answers for it: user:NAME, or a text such as an address.", valueName: "user:name|text"),
    completion: .names(.owners))
  var owner: String?

  @Option(help: ArgumentHelp("What it is for, up to 1000 characters.", valueName: "text"))
  var note: String?

  @Option(
    help: ArgumentHelp("A label; may be given again.", valueName: "key=value"), completion: .names(.labels))
  var label: [String] = []

  var isEmpty: Bool { owner == nil && note == nil && label.isEmpty }

  /// What is known, with what was said put in.
  ///
  /// Errors: ``Trouble`` for what can't be an owner, a note or a label, and for a user whom there is not.
  func apply(
    to known: Particulars = .none, removingLabels keys: Set<String> = [], _ finder: Finder
  ) throws -> Particulars {
    var result = known
    if let owner { result.owner = try finder.owner(owner) }
    if let note { result.note = try checked { try Note(note) } }
    let labels = try self.label.map { text in try checked { try Label(text) } }
    if let twice = Dictionary(grouping: labels, by: \.key).first(where: { $0.value.count > 1 })?.key {
      throw Trouble(
        "the label \(quotedExcerpt(twice)) is given twice", hint: "each key stands once", exitStatus: .badData
      )
    }
    result.labels = try checked { try result.labels.setting(labels, removing: keys) }
    return result
  }
}

/// What is changed of what is known about an API user or a token.
struct DescribeOptions: ParsableArguments {
  @OptionGroup var particulars: ParticularsOptions

  @Flag(help: "Nobody answers for it any more.")
  var noOwner = false

  @Flag(help: "Take the note away.")
  var noNote = false

  @Option(
    help: ArgumentHelp("Take a label away; may be given again.", valueName: "key"),
    completion: .names(.labelKeys))
  var removeLabel: [String] = []

  func validate() throws {
    guard !particulars.isEmpty || noOwner || noNote || !removeLabel.isEmpty else {
      throw ValidationError("say what to change, with --owner, --note, --label or --remove-label")
    }
    if noOwner, particulars.owner != nil {
      throw ValidationError("--owner and --no-owner exclude each other")
    }
    if noNote, particulars.note != nil { throw ValidationError("--note and --no-note exclude each other") }
  }

  /// Errors: as of ``ParticularsOptions/apply(to:removingLabels:_:)``, and ``Trouble`` for a label to be taken away
  /// that it does not have.
  func apply(to known: Particulars, _ finder: Finder) throws -> Particulars {
    for key in removeLabel where known.labels[key] == nil {
      let keys = known.labels.pairs.map(\.key)
      throw Trouble(
        "there is no label \(quotedExcerpt(key))",
        hint: keys.isEmpty ? "it has no labels" : "it has \(keys.joined(separator: ", "))",
        exitStatus: .noInput)
    }
    var known = known
    if noOwner { known.owner = nil }
    if noNote { known.note = .empty }
    return try particulars.apply(to: known, removingLabels: Set(removeLabel), finder)
  }
}

/// Which things a list or a bulk command means.
protocol ConditionOptions: ParsableArguments {
  var isGiven: Bool { get }
  /// Errors: ``ConditionProblem``, and ``Trouble`` for what can't be a label or an owner.
  func written() throws -> WrittenConditions
}

extension WhereOptions: ConditionOptions {}

/// Conditions on things that have labels and an owner.
struct FilterOptions<Of: WhereChoice>: ConditionOptions {
  @Option(
    help: ArgumentHelp("Those with this label; given again, those with all.", valueName: "key=value"),
    completion: .names(.labels))
  var label: [String] = []

  @Option(
    help: ArgumentHelp("Those of this owner.", valueName: "user:name|text"), completion: .names(.owners))
  var owner: String?

  @Flag(help: "Those without an owner.")
  var withoutOwner = false

  @OptionGroup var conditions: WhereOptions<Of>

  var isGiven: Bool { !label.isEmpty || owner != nil || withoutOwner || conditions.isGiven }

  func validate() throws {
    if owner != nil, withoutOwner {
      throw ValidationError("--owner and --without-owner exclude each other")
    }
  }

  func written() throws -> WrittenConditions {
    var written = try conditions.written()
    for text in label { try written.add(WrittenCondition(.label, .label(try checked { try Label(text) }))) }
    if let owner { try written.add(WrittenCondition(.owner, .owner(try Finder.written(owner)))) }
    if withoutOwner { try written.add(WrittenCondition(.owner, .owner(.nobody))) }
    return written
  }
}

extension Finder {
  /// The owner that an argument names: `user:` and a user's name, or else a text.
  static func written(_ owner: String) throws -> WrittenOwner {
    guard owner.hasPrefix(Owner.userPrefix) else { return .text(try checked { try OwnerText(owner) }) }
    return .user(try Name(argument: String(owner.dropFirst(Owner.userPrefix.count))))
  }

  /// Errors: ``Trouble`` for a user whom there is not, and for a text that is none of an owner.
  func owner(_ argument: String) throws -> Owner {
    switch try Self.written(argument) {
    case .user(let name): return .user(try account(.user, name.text).id)
    case .text(let text), .either(let text): return .text(text)
    case .nobody: return .text(try checked { try OwnerText(argument) })
    }
  }
}

/// A value of an argument. What is wrong with the argument is told without repeating it, as a text may be long.
private func checked<Value>(_ body: () throws -> Value) throws -> Value {
  do { return try body() } catch let problem as OwnerProblem {
    throw Trouble(problem.description, hint: "write user:NAME, or a text", exitStatus: .badData)
  } catch let problem as NoteProblem {
    throw Trouble(problem.description, hint: "shorten it or take that out", exitStatus: .badData)
  } catch let problem as LabelProblem {
    throw Trouble(problem.description, hint: "write it as env=prod", exitStatus: .badData)
  }
}
