import Access
import Interchange

/// A setting, with the value that counts.
struct SettingRecord: Record {
  let setting: Setting
  let settings: Settings

  /// The value as a number, a boolean or a text.
  private struct Value: RecordValue {
    let value: SettingValue

    static var schema: JSONSchema { .any(of: [.integer, .boolean, .text]) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .number(let number): try container.encode(number)
      case .flag(let isOn): try container.encode(isOn)
      case .text(let text): try container.encode(text)
      }
    }
  }

  static let columns: [Column<Self>] = [
    Column("key", "Setting") { $0.setting.key },
    Column("value", "Value", { Value(value: $0.settings[$0.setting]) }) {
      $0.setting.words($0.settings[$0.setting])
    },
    Column("default", "Default", { Value(value: $0.setting.standard) }) {
      $0.setting.words($0.setting.standard)
    },
    // Whether the setting was set for the whole store, and for the user in question.
    .data("setForStore") { $0.settings.ofStore($0.setting) != nil },
    .data("setForUser") { $0.settings.ofUser($0.setting) != nil },
    .data("takes") { $0.setting.bounds },
    Column("meaning", "What it does") { $0.setting.meaning },
  ]
}
