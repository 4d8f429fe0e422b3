import Access
import Administration

/// A setting in the list, of the whole store or of the person.
struct SettingRow: Identifiable, Sendable {
  struct ID: Hashable, Sendable {
    let setting: Setting
    let user: AccountID?
  }

  let id: ID
  let settings: Settings
  /// Whether this person may change the setting.
  let isEditable: Bool

  var setting: Setting { id.setting }
  /// The value that was set; nil where the default is in effect.
  var value: SettingValue? { id.user == nil ? settings.ofStore(setting) : settings.ofUser(setting) }
  var words: String { setting.words(value ?? setting.standard) }
  var title: String { id.user == nil ? setting.key : setting.key + ", for you" }

  /// The lines below the list, for the selected row.
  var details: [String] {
    var details = [setting.meaning.uppercasingFirst + "."]
    if id.user != nil, value != .flag(true), settings.isOn(setting) {
      details.append("The whole store demands it of everybody.")
    }
    let changes = isEditable ? "Enter changes it" : "Administrators change it"
    return details + ["It takes \(setting.bounds). \(changes)."]
  }
}
