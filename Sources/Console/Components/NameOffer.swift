import Store

/// Names by which the text of a filter may end, which Tab takes one after the other.
struct NameOffer: Hashable, Sendable {
  /// The greatest number of names that are offered. One more is looked up, to tell whether there are more.
  static let most = 20

  private let beginning: NameBeginning
  private let names: [String]
  private let count: String
  /// The place of the name that was taken; nil before the first Tab.
  private var taken: Int?
  /// The text of the filter for which this holds.
  private(set) var text: String

  /// Nil where no name completes the text.
  /// - Parameters:
  ///   - names: the names that begin as the text ends.
  ///   - text: the text of the filter.
  ///   - room: the greatest number of characters in the text.
  init?(_ beginning: NameBeginning, _ names: [String], text: String, room: Int) {
    let longer = names.filter { $0 != beginning.typed && beginning.completed(by: $0).count <= room }
    guard !longer.isEmpty else { return nil }
    (self.beginning, self.names, self.text) = (beginning, Array(longer.prefix(Self.most)), text)
    count = longer.count > Self.most ? "\(Self.most)+" : "\(longer.count)"
  }

  var isTaken: Bool { taken != nil }

  /// The offer with the next name taken; nil where the only name is.
  var next: NameOffer? {
    let place = taken.map { ($0 + 1) % names.count } ?? 0
    guard place != taken else { return nil }
    var next = self
    next.taken = place
    next.text = beginning.completed(by: names[place])
    return next
  }

  /// What is shown behind the text: the rest of the first name, or which of the names was taken.
  var hint: String? {
    if let taken { return names.count > 1 ? "  \(taken + 1) of \(count)" : nil }
    guard let first = names.first else { return nil }
    // A name that is written otherwise than it was typed, or that is longer at its beginning, is shown whole.
    let rest =
      first.hasPrefix(beginning.typed) ? String(first.dropFirst(beginning.typed.count)) : " → \(first)"
    return names.count > 1 ? "\(rest)  1 of \(count)" : rest
  }
}
