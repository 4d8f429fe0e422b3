/// The value of a setting.
package enum SettingValue: Hashable, Sendable {
  case number(Int)
  case flag(Bool)
  case text(String)

  /// The value as it is written by people and kept in the store.
  package var text: String {
    switch self {
    case .number(let number): String(number)
    case .flag(let isOn): isOn ? "on" : "off"
    case .text(let text): text
    }
  }
}

extension Setting {
  /// Reads a value of this setting, without white space at its ends.
  ///
  /// Errors: ``SettingProblem`` where the text is not a value of this setting.
  package func value(_ text: String) throws(SettingProblem) -> SettingValue {
    guard let value = read(text.withoutEnds) else { throw SettingProblem(setting: self) }
    return value
  }

  private func read(_ text: Substring) -> SettingValue? {
    switch kind {
    case .number(let range, _, _):
      // Int would accept a sign as well.
      guard text.utf8.count <= 7, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let number = Int(text),
        range.contains(number)
      else { return nil }
      return .number(number)
    case .flag:
      switch text.lowercased() {
      case "on": return .flag(true)
      case "off": return .flag(false)
      default: return nil
      }
    case .host: return isHost(text) ? .text(String(text)) : nil
    }
  }

  /// Whether a text is a host name or address. It becomes part of a command that people paste into a shell,
  /// so no character may have a meaning there.
  private func isHost(_ text: Substring) -> Bool {
    text.utf8.count <= 253 && text.first != "-"
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || ".-_:".utf8.contains(byte)
      }
  }
}

/// The error for a text that is not a value of the setting. The text is not repeated, because anything may
/// have been pasted.
package struct SettingProblem: Complaint, Hashable {
  package let setting: Setting

  package init(setting: Setting) { self.setting = setting }

  package var message: String { "\(setting.key) takes \(setting.bounds)" }
  package var hint: String? { "its default is \(setting.words(setting.standard))" }
  package var exitStatus: ExitStatus { .badData }
}

extension String {
  fileprivate var withoutEnds: Substring {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
