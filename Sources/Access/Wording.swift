extension String {
  /// The text in the form for the middle of a sentence.
  package var lowercasingFirst: String { prefix(1).lowercased() + dropFirst() }

  /// The text in the form for the beginning of a sentence.
  package var uppercasingFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Int {
  /// The number with commas between thousands, as in 1,000,000.
  package var grouped: String {
    let digits = String(magnitude)
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
