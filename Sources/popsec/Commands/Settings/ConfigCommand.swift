import Access
import Administration
import ArgumentParser
import Console
import Interchange
import Store

struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Your own settings of the console: keys, columns, views, colours, zone.",
    subcommands: [ConfigCheck.self, ConfigShow.self, ConfigPath.self, ConfigSet.self])
}

struct ConfigCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a document of settings, and tell all that is wrong with it.",
    discussion: """
      Without a file, the document is the one in effect. Over SSH, standard input can be given. The exit status is 65 \
      where anything is wrong.

      Examples:
        popsec config check
        popsec config check new.yaml
        popsec config check - < new.yaml
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(
    help: ArgumentHelp("The document; - for standard input.", valueName: "file"), completion: .file())
  var file: String?

  func run() throws {
    if let file {
      let input = InputFile(path: file)
      return try check(try input.bytes(atMost: ConfigDocument.maximumByteCount), input.name)
    }
    try OwnSettings.with(global) { own, _ in
      let found = try own.find()
      try check(found.bytes ?? [], found.source.name)
    }
  }

  private func check(_ bytes: [UInt8], _ name: String) throws {
    _ = try ConsoleConfig.read(bytes, named: name, OwnSettings(nil).vocabulary)
    let output = global.standardOutput
    if global.isForPrograms {
      try output.value(ConfigCheckedRecord(document: name))
    } else {
      try output.line("\(name): nothing is wrong")
    }
    try output.flush()
  }
}

struct ConfigPath: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Tell where your settings are read from.",
    discussion: """
      The file goes before what is kept in the store. Over SSH there is only the store.

      Examples:
        popsec config path
        ssh popsec@host config path
      """)

  @OptionGroup var global: GlobalOptions

  func run() throws {
    try OwnSettings.with(global) { own, output in
      let source = try own.find().source
      guard global.isForPrograms else { return try output.line(source.words) }
      switch source {
      case .file(let path), .nowhere(let path):
        try output.value(ConfigPathRecord(path: path, words: source.words))
      case .store: try output.value(ConfigPathRecord(path: nil, words: source.words))
      }
    }
  }
}

struct ConfigSet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Keep a document of settings for yourself, in the store.",
    discussion: """
      The document is checked before. It goes for you over SSH, and here where you have no file. An empty document \
      removes the one that is kept.

      Examples:
        popsec config set config.yaml
        ssh popsec@host config set - < config.yaml
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(
    help: ArgumentHelp("The document; - for standard input.", valueName: "file"), completion: .file())
  var file: String

  func run() throws {
    let input = InputFile(path: file)
    let bytes = try input.bytes(atMost: ConfigDocument.maximumByteCount)
    try global.run { session in
      let own = OwnSettings(session.administration)
      _ = try ConsoleConfig.read(bytes, named: input.name, own.vocabulary)
      let isEmpty = bytes.allSatisfy { $0 <= 0x20 }
      try session.changing {
        try $0.keepConsoleSettings(isEmpty ? nil : String(decoding: bytes, as: UTF8.self))
      }
      let user = session.administration.operating.actor.name
      var line =
        isEmpty ? "nothing is kept for \(user) any more" : "the settings are kept in the store for \(user)"
      if case .file(let path) = try own.find().source { line += "; here \(path) goes before them" }
      try session.tell(ConfigKeptRecord(user: user, isKept: !isEmpty), line)
    }
  }
}

extension OwnSettings {
  /// Runs a command on the settings in effect. The store is opened only where there is no file that goes before it.
  static func with(_ global: GlobalOptions, _ body: (OwnSettings, Output) throws -> Void) throws {
    let alone = OwnSettings(nil)
    if !Caller.current.isRemote, case .file = try alone.find().source {
      return try alone.run(global.standardOutput, body)
    }
    do {
      try global.run { try body(OwnSettings($0.administration), $0.output) }
    } catch StoreError.missing where global.place.store == nil && !Caller.current.isRemote {
      // Nobody has made a store yet, and so none keeps a document.
      try alone.run(global.standardOutput, body)
    }
  }

  private func run(_ output: Output, _ body: (OwnSettings, Output) throws -> Void) throws {
    try body(self, output)
    try output.flush()
  }
}
