import Access
import Administration
import ArgumentParser
import Store

struct LawSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change a law.",
    discussion: """
      What isn't given stays. What the law demands, of whom and of what is said as a whole, as for law add. What \
      breaks the law then is shown first, and the command asks. A law that is broken can be set to --watch, and not \
      to --enforce.

      Examples:
        popsec law set 'one country' --enforce
        popsec law set 'one country' --except 'Portal Holding=2027-06-30' --remove-exception Kiosk
        popsec law set 'tokens end' --all-api-users --max-days 90 --dry-run
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The law's name.", completion: .names(.laws))
  var name: String

  @OptionGroup var content: LawContentOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    if content.isEmpty { throw ValidationError("say what to change, such as --watch, --reason or --except") }
  }

  func run() throws {
    try global.run { session in
      let (was, becomes) = try session.find { finder in
        let was = try finder.law(name)
        return (was, try law(was, finder))
      }
      try session.make(becomes, inPlaceOf: was, change, asking: "change this law") {
        try $0.changeLaw(Edit(was: was, becomes: becomes))
      }
    }
  }

  private func law(_ was: Law<AsWritten>, _ finder: Finder) throws -> Law<AsWritten> {
    if let law = try content.lawOfFile() {
      guard NameKey(law.name) == NameKey(was.name) else {
        throw Trouble(
          "the file is of the law \(quotedExcerpt(law.name.text))",
          hint: "add it under its name, and remove the other one", exitStatus: .badData)
      }
      return law
    }
    let form = content.form.isEmpty ? was.form : try content.form.form(finder)
    return try content.law(named: was.name, form: form, inPlaceOf: was, finder)
  }
}

struct LawRemove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a law.",
    discussion: """
      Nobody's access changes. popsec undo brings the law back, unless it is broken by then.

      Examples:
        popsec law remove 'one country' --dry-run
        popsec law remove 'one country' --yes
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The law's name.", completion: .names(.laws))
  var name: String

  @OptionGroup var change: ChangeOptions

  func run() throws {
    try global.run { session in
      let law = try session.find { try $0.law(name) }
      try session.make(
        change, asking: { _ in .name("remove this law", law.name, note: "popsec undo brings it back") }
      ) { try $0.removeLaw(named: law.name) }
    }
  }
}
