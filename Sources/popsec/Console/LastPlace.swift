import Console

/// Where the console was left last, for `--resume`, by the store. It is a convenience: what can't be read or written
/// is none.
struct LastPlace {
  private let file: StateFile<String>
  private let store: String

  init(_ caller: Caller, store: String) {
    file = StateFile("place.json", of: caller, caller.environment)
    self.store = store
  }

  var place: Place? { file.all[store].map { Place(rawValue: $0) } }

  func keep(_ place: Place) {
    var all = file.all
    guard all[store] != place.rawValue else { return }
    // Stores of demos and tests come and go: no more than some are remembered.
    if all.count >= 20 { all = [:] }
    all[store] = place.rawValue
    try? file.write(all)
  }
}
