import Access

/// What a person typed for a name, judged while they type.
enum NameEntry {
  /// What is wrong with it; nil where it is a name. An empty text is only complained of once it
  /// counts, not before anything was typed.
  static func complaint(_ text: String, isFinal: Bool) -> String? {
    do {
      _ = try Name(text)
      return nil
    } catch .empty {
      return isFinal ? NameProblem.empty.description : nil
    } catch {
      return error.description
    }
  }
}
