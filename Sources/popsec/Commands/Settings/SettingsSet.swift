import Access
import ArgumentParser

struct SettingsSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set something for the whole store, or for a user.",
    discussion: """
      The whole store's settings are the Administrator's; recordingSafe everybody may set for themselves, \
      with --user.

      Examples:
        popsec settings set deleted.keptDays 60
        popsec settings set recordingSafe on --user Ada
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The setting, as settings list shows it.", completion: .names(.settings))
  var key: String

  @Argument(help: "A number, on, off, or a text.")
  var value: String

  @OptionGroup var owner: SettingOwner

  func run() throws {
    let setting = try Setting(argument: key)
    let value = try setting.value(value)
    try global.run { try $0.set(setting, to: value, of: owner) }
  }
}

struct SettingsReset: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset", abstract: "Restore the default of a setting.",
    discussion: """
      Examples:
        popsec settings reset deleted.keptDays
        popsec settings reset recordingSafe --user Ada
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The setting, as settings list shows it.", completion: .names(.settings))
  var key: String

  @OptionGroup var owner: SettingOwner

  func run() throws {
    let setting = try Setting(argument: key)
    try global.run { try $0.set(setting, to: nil, of: owner) }
  }
}
