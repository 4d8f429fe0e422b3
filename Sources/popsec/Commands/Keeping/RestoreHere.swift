import Access
import Administration
import Foundation
import Sealing
import Store

/// The steps of a restore on this machine.
struct RestoreHere: RestorePlace {
  let location: StoreLocation
  let backup: BackupFile
  /// The group of the store, and of its keys where the store is made anew.
  let group: UInt32?

  var folder: String { location.text }
  var knownVersion: Int { Engine.knownVersion }
  private var now: Timestamp { Surroundings.system.now() }

  func takeDatabase(to path: String) throws {
    // The folder is the one in which the store is being made.
    Interruption.leaves((path as NSString).deletingLastPathComponent)
    let bar = ProgressBar("taking it out")
    defer { bar.finish() }
    try backup.takeDatabase(to: path) { bar.tell($0, of: $1) }
  }

  func takeUses(to path: String) throws { try backup.takeUses(to: path) }

  func identify(copy path: String) throws -> (version: Int, store: StoreID?) {
    try Engine.identify(copy: path)
  }

  func damages(ofCopy path: String) throws -> [String] {
    let bar = ProgressBar("looking through it")
    defer { bar.finish() }
    return try Engine.damages(ofCopy: path)
  }

  func adopt(
    fill: (_ database: String, _ uses: String) throws -> Void,
    furnish: (_ folder: String, any Store) throws -> Void
  ) throws {
    leaveNoKeys()
    try Engine.adopt(
      location, sharedWith: group, now: now, fill: fill,
      furnish: { folder, store in
        let bar = ProgressBar("verifying")
        defer { bar.finish() }
        try furnish(folder, store)
        Interruption.settle()
      })
  }

  /// Keys that the restore puts into a folder of their own go, too, where a signal ends the restore.
  private func leaveNoKeys() {
    guard location.keyPlace == .elsewhere else { return }
    for path in KeyFolder.Kind.ofStore.map(location.keys.file) where access(path, F_OK) != 0 {
      Interruption.leaves(path)
    }
  }

  func replaceContents(
    fill: (_ database: String) throws -> Void, furnish: (any Store) throws -> Void,
    check: (any StoreReader) throws -> Void
  ) throws -> String {
    let bar = ProgressBar("replacing")
    defer { bar.finish() }
    return try Engine.replaceContents(
      location, now: now, fill: fill, furnish: furnish,
      check: { reader in
        try check(reader)
        // From here on the copy of the replaced state has to go, too, where the restore is given up.
        Interruption.inSteps()
      },
      progress: { done, total in
        bar.tell(done, of: total)
        try Interruption.check()
        // The last step commits.
        if total - done <= Engine.mostPagesInOneStep { Interruption.settle() }
      })
  }

  /// Opens the store that is to be replaced, for its owner alone.
  func openPresent() throws -> Administration {
    let administration: Administration
    do { administration = try location.open() } catch let error as StoreError {
      switch error {
      case .corrupt, .foreign:
        throw Trouble(
          error.message,
          hint:
            "what can't be opened can't be replaced: move its folder away, and restore into an empty place",
          exitStatus: error.exitStatus)
      // A store that is whole is not moved away because of a full disk or a busy writer.
      default: throw error
      }
    }
    guard geteuid() == 0 || geteuid() == Engine.owner(location) else {
      throw Trouble(
        "the store at \(excerpt(location.text)) is not this account's", hint: "run it as its owner",
        exitStatus: .notPermitted)
    }
    return administration
  }
}

extension KeyText {
  private static let maximumByteCount = 4_096

  /// Errors: ``Trouble``.
  init(path: String) throws {
    let file = InputFile(path: path)
    let bytes = try file.withDescriptor { descriptor in
      try InputFile.bytes(of: descriptor, named: file.name, atMost: Self.maximumByteCount)
    }
    try self.init(String(decoding: bytes, as: UTF8.self), named: file.name)
  }
}

extension SentAuditHead {
  /// Reads the heads of the audit log that were kept elsewhere, from lines of the system's log.
  static func read(_ path: String) throws -> [SentAuditHead] {
    let file = InputFile(path: path)
    let text = String(decoding: try file.bytes(), as: UTF8.self)
    let heads = text.split(separator: "\n").compactMap { SentAuditHead(line: $0) }
    guard !heads.isEmpty else {
      throw Trouble(
        "\(file.name) has no line with a head of the audit log",
        hint: "they read: popsec audit head ROW HASH TIME signed KEY SIGNATURE", exitStatus: .badData)
    }
    return heads
  }
}
