import Access
import Foundation
import Sealing

/// Puts popsec's configuration where sshd reads it.
struct SSHInstallation {
  let configuration: SSHDConfiguration
  private let location: StoreLocation

  init(_ location: StoreLocation) {
    self.location = location
    configuration = SSHDConfiguration(location)
  }

  /// Errors: ``Trouble`` where sshd's configuration can't hold the paths of the store and its keys.
  func requirePlainPaths() throws(Trouble) {
    guard isPlain else {
      throw Trouble(
        "the \(location.isInDatabase ? "address" : "path") of the store, or the path of its keys, has characters that "
          + "sshd's configuration can't hold",
        hint: location.isInDatabase
          ? "letters, digits, and those of \(Self.ofAddresses) are taken in an address; write others as %20"
          : "letters, digits, /, ., _, - and + are taken", exitStatus: .badData)
    }
  }

  private static let ofPaths = "/._-+"
  private static let ofAddresses = "/._-+:@,?=&%~[]"

  private var isPlain: Bool {
    Self.isPlain(location.text, and: location.isInDatabase ? Self.ofAddresses : Self.ofPaths)
      && Self.isPlain(location.keys.path, and: Self.ofPaths)
  }

  private static func isPlain(_ text: String, and others: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil
          || others.unicodeScalars.contains($0))
    }
  }

  /// Installs the configuration if everything that it refers to exists.
  func carryOut() throws {
    let missing = SSHChecks(location: location).foundations.filter { $0.verdict == .bad }
    guard !missing.isEmpty else { return try install() }
    let notes = Output(descriptor: STDERR_FILENO)
    try notes.checks(missing)
    try notes.flush()
    throw Trouble(
      "nothing was written: sshd would let nobody in, or too much", hint: "mend what is told above first",
      exitStatus: .unavailable)
  }

  /// Installs the configuration in place of an earlier one of popsec's, but never in place of another file.
  private func install() throws {
    guard getuid() == 0 else {
      throw Trouble(
        "only root can configure sshd", hint: "sudo popsec ssh setup --write", exitStatus: .notPermitted)
    }
    let path = SSHDConfiguration.path
    let before = FileManager.default.contents(atPath: path)
    if let before, !String(decoding: before, as: UTF8.self).hasPrefix("# Made by popsec ssh setup") {
      throw Trouble("\(path) was not made by popsec", hint: "move it away first", exitStatus: .cannotCreate)
    }
    try put(Data(configuration.text.utf8), at: path)
    guard let program = SSHDConfiguration.programs.first(where: { access($0, X_OK) == 0 }) else {
      try? restore(before, at: path)
      throw Trouble("there is no sshd", hint: "apt-get install openssh-server", exitStatus: .unavailable)
    }
    // This folder is missing where sshd has not run since the system started, and then sshd refuses any
    // configuration.
    if access("/run/sshd", F_OK) != 0 { mkdir("/run/sshd", 0o755) }
    let (status, text) = SystemProgram.run(program, ["-t"])
    guard status == 0 else {
      try restore(before, at: path)
      throw Trouble(
        "sshd refuses the configuration, which was taken back: \(String(text.prefix(300)))",
        exitStatus: .unavailable)
    }
    Asking.say("wrote \(path); have sshd read it: systemctl reload ssh, or service ssh restart")
  }

  private func put(_ data: Data, at path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
      chmod(path, 0o644)
    } catch { throw Trouble("\(path) can't be written: \(systemReason(errno))", exitStatus: .cannotCreate) }
  }

  private func restore(_ before: Data?, at path: String) throws {
    if let before { try put(before, at: path) } else { unlink(path) }
  }
}
