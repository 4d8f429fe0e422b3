/// A name as it is searched, where each scalar knows the character from which it comes.
struct FoldedLetters {
  private var scalars: [Unicode.Scalar] = []
  /// For each scalar the number of its character in the name.
  private var characters: [Int] = []

  init(_ name: String) {
    for (number, character) in name.enumerated() {
      for scalar in SearchText.fold(String(character)).unicodeScalars {
        scalars.append(scalar)
        characters.append(number)
      }
    }
  }

  /// The numbers of the characters that a folded part matches, where a word of the name begins with the part if one
  /// does; empty where the part does not occur.
  func positions(of part: String) -> [Int] {
    let part = Array(part.unicodeScalars)
    guard !part.isEmpty, scalars.count >= part.count else { return [] }
    let starts = (0...(scalars.count - part.count)).filter {
      scalars[$0..<($0 + part.count)].elementsEqual(part)
    }
    guard let start = starts.first(where: beginsWord) ?? starts.first else { return [] }
    return characters[start..<(start + part.count)].reduce(into: []) { found, number in
      if found.last != number { found.append(number) }
    }
  }

  private func beginsWord(_ index: Int) -> Bool {
    guard index > 0 else { return true }
    let before = Character(scalars[index - 1])
    return !before.isLetter && !before.isNumber
  }
}
