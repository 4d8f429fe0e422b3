import ArgumentParser

/// The options that all commands take. They are told once, and not in the help of each command.
enum CommonOption: String, CaseIterable {
  case store, keys
  case allowLooseRights = "allow-loose-rights"
  case json

  /// How the option is written, with its value.
  var form: String {
    switch self {
    case .store, .keys: "--\(rawValue) FOLDER"
    case .allowLooseRights, .json: "--\(rawValue)"
    }
  }

  var abstract: String {
    switch self {
    case .store: "The store's folder."
    case .keys: "The folder with the store's keys."
    case .allowLooseRights: "Use a store and keys that others may get at."
    case .json: "Print JSON."
    }
  }

  /// What applies without the option.
  var otherwise: String? {
    switch self {
    case .store: "Else POPSEC_STORE, else $XDG_DATA_HOME/popsec, else ~/.local/share/popsec."
    case .keys: "Else POPSEC_KEYS, else $CREDENTIALS_DIRECTORY, else keys in the store's folder."
    case .allowLooseRights, .json: nil
    }
  }

  /// The help for ArgumentParser. It is shown only to those who make completion scripts.
  var help: ArgumentHelp {
    ArgumentHelp(
      "\(abstract)", discussion: otherwise ?? "", valueName: otherwise == nil ? nil : "folder",
      visibility: CompletionShell.requesting == nil ? .hidden : .default)
  }
}
