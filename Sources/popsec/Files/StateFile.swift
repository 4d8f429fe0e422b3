import Administration
import Foundation

/// A JSON object that is remembered for a person in `$XDG_STATE_HOME/popsec`. Nothing is kept over SSH,
/// because several people share an account there.
struct StateFile<Value: Codable> {
  private let folder: String?
  private let name: String

  init(_ name: String, of caller: Caller, _ environment: [String: String]) {
    self.name = name
    folder =
      caller.isRemote ? nil : xdgFolder("XDG_STATE_HOME", else: ".local/state", environment) + "/popsec"
  }

  /// The path; nil where nothing is kept.
  var path: String? { folder.map { "\($0)/\(name)" } }

  /// The remembered values. A file that can't be read counts as empty, because everything in it can be told
  /// anew.
  var all: [String: Value] {
    guard let data = path.flatMap({ FileManager.default.contents(atPath: $0) }) else { return [:] }
    return (try? JSONDecoder().decode([String: Value].self, from: data)) ?? [:]
  }

  func write(_ all: [String: Value]) throws {
    guard let folder, let path else { return }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let text = try JSONText.plain(all, isIndented: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }
}
