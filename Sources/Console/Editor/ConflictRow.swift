/// Whose version of a part stays.
enum ConflictSide: Hashable, Sendable { case theirs, mine }

/// A part of a value that two people edited, starting from the same value.
struct ConflictRow: Hashable, Sendable {
  /// What merging does with a part.
  enum Merged: Hashable, Sendable {
    /// Both versions are the same.
    case alike
    /// Only one person changed the part, and the change is taken.
    case takes(ConflictSide)
    /// Both people changed the part, each in another way.
    case asks

    init(areAlike: Bool, isTheirsChanged: Bool, isMineChanged: Bool) {
      if areAlike {
        self = .alike
      } else if !isMineChanged {
        self = .takes(.theirs)
      } else {
        self = isTheirsChanged ? .asks : .takes(.mine)
      }
    }

    /// Whose version is taken.
    /// - Parameter asked: the side that stays where both people changed the part.
    func side(asked: ConflictSide) -> ConflictSide {
      switch self {
      case .alike: .theirs
      case .takes(let side): side
      case .asks: asked
      }
    }
  }

  let part: String
  let theirs: String
  let mine: String
  let merged: Merged

  /// - Parameter words: the words for a version of the part.
  init<Part>(_ part: String, _ parts: ThreeParts<Part>, words: (Part) -> String) {
    self.part = part
    (theirs, mine, merged) = (words(parts.theirs), words(parts.mine), parts.merged)
  }

  init(part: String, theirs: String, mine: String, merged: Merged) {
    (self.part, self.theirs, self.mine, self.merged) = (part, theirs, mine, merged)
  }
}

/// A part as it was when a person began to edit it, as somebody else saved it, and as the person wants it.
struct ThreeParts<Part: Equatable & Sendable>: Sendable {
  let was: Part
  let theirs: Part
  let mine: Part

  init(was: Part, theirs: Part, mine: Part) { (self.was, self.theirs, self.mine) = (was, theirs, mine) }

  /// The same part of three values.
  init<Value>(_ values: ThreeParts<Value>, _ part: (Value) -> Part) {
    self.init(was: part(values.was), theirs: part(values.theirs), mine: part(values.mine))
  }

  var merged: ConflictRow.Merged {
    ConflictRow.Merged(
      areAlike: theirs == mine, isTheirsChanged: theirs != was, isMineChanged: mine != was)
  }

  /// What only one person changed is taken from that person. What both changed is taken from the side.
  func merge(taking side: ConflictSide) -> Part {
    merged.side(asked: side) == .mine ? mine : theirs
  }
}
