import Access

/// A setting as JSON. The keys are what scripts rely on.
struct SettingRecord: Encodable {
  let key: String
  /// What counts: a number, a boolean or a text.
  let value: Value
  let `default`: Value
  /// Whether it was set for the whole store.
  let setForStore: Bool
  /// Whether it was set for the user who is asked about.
  let setForUser: Bool
  let takes: String
  let meaning: String

  struct Value: Encodable {
    let value: SettingValue

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch value {
      case .number(let number): try container.encode(number)
      case .flag(let isOn): try container.encode(isOn)
      case .text(let text): try container.encode(text)
      }
    }
  }

  init(_ setting: Setting, in settings: Settings) {
    key = setting.key
    value = Value(value: settings[setting])
    `default` = Value(value: setting.standard)
    setForStore = settings.ofStore(setting) != nil
    setForUser = settings.ofUser(setting) != nil
    takes = setting.bounds
    meaning = setting.meaning
  }
}
