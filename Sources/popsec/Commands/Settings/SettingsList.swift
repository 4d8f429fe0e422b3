import Access
import Administration
import ArgumentParser

struct SettingsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the settings, their values in effect, and their meaning.",
    discussion: """
      With --user, list the settings that a user can have, and the user's values.

      Examples:
        popsec settings list
        popsec settings list --user Ada
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var owner: SettingOwner

  func run() throws {
    try global.run { session in
      let account = try owner.user.map { name in try session.find { try $0.account(.user, name) } }
      let settings = try account.map { try session.administration.settings(of: $0.id) } ?? wholeStore(session)
      let listed = Setting.allCases.filter { account == nil || $0.isPerUser }
      try session.list(listed.map { SettingRecord(setting: $0, settings: settings) })
    }
  }

  /// The settings of the whole store, without those that the caller set for themselves.
  private func wholeStore(_ session: Session) throws -> Settings {
    try session.administration.settings().ofWholeStore
  }
}
