import Console
import Foundation

/// Where the console was left last, for `--resume`: a JSON object of stores and places in
/// `$XDG_STATE_HOME/popsec/place.json`. It is a convenience: what can't be read or written is none.
struct LastPlace {
  private let folder: String
  private let store: String

  init(environment: [String: String], store: String) {
    folder = xdgFolder("XDG_STATE_HOME", else: ".local/state", environment) + "/popsec"
    self.store = store
  }

  private var file: String { folder + "/place.json" }

  var place: Place? { all[store].map { Place(rawValue: $0) } }

  func keep(_ place: Place) {
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
    guard let data = FileManager.default.contents(atPath: file) else { return [:] }
    return (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
  }
}
