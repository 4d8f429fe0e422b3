import Console
import Foundation

/// Where the console was left last, for `--resume`: a JSON object of stores and places in
/// `$XDG_STATE_HOME/popsec/place.json`. It is a convenience: what can't be read or written is none. Those who
/// come over SSH share an account, and have no place of their own in it: for them nothing is kept.
struct LastPlace {
  private let folder: String?
  private let store: String

  init(_ caller: Caller, store: String) {
    folder =
      caller.isRemote
      ? nil : xdgFolder("XDG_STATE_HOME", else: ".local/state", caller.environment) + "/popsec"
    self.store = store
  }

  private var file: String? { folder.map { $0 + "/place.json" } }

  var place: Place? { all[store].map { Place(rawValue: $0) } }

  func keep(_ place: Place) {
    guard let folder, let file else { return }
    var all = all
    guard all[store] != place.rawValue else { return }
    // Stores of demos and tests come and go: no more than some are remembered.
    if all.count >= 20 { all = [:] }
    all[store] = place.rawValue
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? JSONEncoder().encode(all).write(to: URL(fileURLWithPath: file), options: .atomic)
  }

  private var all: [String: String] {
    guard let data = file.flatMap({ FileManager.default.contents(atPath: $0) }) else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
  }
}
