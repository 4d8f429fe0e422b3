import ArgumentParser

/// The options that all commands take. They are told once, and not in the help of each command.
enum CommonOption: String, CaseIterable {
  case store, keys
  case allowLooseRights = "allow-loose-rights"
  case outputFormat = "output-format"
  case json, columns
  case noHeader = "no-header"

  /// How the option is written, with its value.
  var form: String {
    let short = self == .outputFormat ? "-o" : "--\(rawValue)"
    return valueName.map { "\(short) \($0.uppercased())" } ?? short
  }

  private var valueName: String? {
    switch self {
    case .store, .keys: "folder"
    case .outputFormat: "format"
    case .columns: "a,b,c"
    case .allowLooseRights, .json, .noHeader: nil
    }
  }

  var abstract: String {
    switch self {
    case .store: "The store's folder, or the postgresql:// address of its database."
    case .keys: "The folder with the store's keys."
    case .allowLooseRights: "Use a store and keys that others may get at."
    case .outputFormat: "Print as \(OutputFormat.list)."
    case .json: "Print JSON, as -o json does."
    case .columns: "Print these columns of a list, by key or title."
    case .noHeader: "Print no header above a table or CSV."
    }
  }

  /// What applies without the option.
  var otherwise: String? {
    switch self {
    case .store: "Else POPSEC_STORE, else $XDG_DATA_HOME/popsec, else ~/.local/share/popsec."
    case .keys:
      "Else POPSEC_KEYS, else $CREDENTIALS_DIRECTORY, else keys in the store's folder, if it has one."
    case .allowLooseRights, .outputFormat, .json, .columns, .noHeader: nil
    }
  }

  /// The help for ArgumentParser. It is shown only to those who make completion scripts.
  var help: ArgumentHelp {
    ArgumentHelp(
      "\(abstract)", discussion: otherwise ?? "", valueName: valueName,
      visibility: CompletionShell.requesting == nil ? .hidden : .default)
  }
}
