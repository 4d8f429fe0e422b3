import Access
import Administration
import ArgumentParser
import Store

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "The settings of the whole store, or of a user.",
    subcommands: [SettingsList.self, SettingsSet.self, SettingsReset.self])
}

/// The owner of the settings: the whole store or a user.
struct SettingOwner: ParsableArguments {
  @Option(
    help: ArgumentHelp("A user, instead of the whole store.", valueName: "name"), completion: .names(.users))
  var user: String?

  func find(_ finder: Finder) throws -> Account? { try user.map { try finder.account(.user, $0) } }
}

extension Setting {
  /// Reads a setting's key that was given as an argument.
  init(argument: String) throws(SettingTrouble) {
    let found = Setting.allCases.first { $0.key.lowercased() == argument.lowercased() }
    guard let found else { throw .unknown(excerpt(argument)) }
    self = found
  }
}

extension Session {
  /// Sets a value, or for nil the default, and prints the value in effect.
  func set(_ setting: Setting, to value: SettingValue?, of owner: SettingOwner) throws {
    let (account, settings) = try change { change in
      let account = try owner.find(change.finder)
      try change.set(setting, to: value, for: account?.id)
      return (account, try change.reader.settings(for: account?.id))
    }
    let whose = account.map { " for \(quoted($0.name.text))" } ?? ""
    try tell(
      SettingRecord(setting: setting, settings: settings),
      "\(setting.key)\(whose) is \(setting.words(settings[setting]))")
  }
}
