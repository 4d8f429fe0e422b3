import Console

/// The page at which the console was left last, for `--resume`, by the store. It is only a convenience, so
/// errors of reading or writing count as no page.
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
    // The stores of demos and tests come and go, so only a few are remembered.
    if all.count >= 20 { all = [:] }
    all[store] = place.rawValue
    try? file.write(all)
  }
}
