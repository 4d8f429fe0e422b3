import Access
import ArgumentParser

/// The place from which SSH public keys are read.
struct PublicKeySource: ParsableArguments {
  @Option(
    help: ArgumentHelp("An SSH public key: one line of a .pub file; may be given again.", valueName: "line"))
  var key: [String] = []

  @Option(
    help: ArgumentHelp("A file of public keys, one a line; - for standard input.", valueName: "file"),
    completion: .file())
  var keyFile: String?

  /// Errors: ``Trouble``, which names the line of the file.
  func keys() throws -> [SSHPublicKey] {
    var keys: [SSHPublicKey] = []
    for line in key { keys.append(try Self.parsed(line, at: nil)) }
    if let keyFile { keys += try Self.keys(inFile: keyFile) }
    return keys
  }

  /// The keys of a file, one in each line. Empty lines and comments are skipped.
  static func keys(inFile path: String) throws -> [SSHPublicKey] {
    let file = InputFile(path: path)
    let text = String(
      decoding: try file.withDescriptor {
        try InputFile.bytes(of: $0, named: file.name, atMost: 1_000_000)
      }, as: UTF8.self)
    var keys: [SSHPublicKey] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.drop { $0.isWhitespace }
      guard !line.isEmpty, line.first != "#" else { continue }
      keys.append(try Self.parsed(String(line), at: "\(file.name):\(number + 1)"))
    }
    guard !keys.isEmpty else {
      throw Trouble(
        "\(file.name) has no SSH public key", hint: "it has one key a line, as in ~/.ssh/id_ed25519.pub",
        exitStatus: .badData)
    }
    return keys
  }

  private static func parsed(_ line: String, at place: String?) throws(Trouble) -> SSHPublicKey {
    do { return try SSHPublicKey(line) } catch {
      throw Trouble((place.map { $0 + ": " } ?? "") + error.message, hint: error.hint, exitStatus: .badData)
    }
  }
}
