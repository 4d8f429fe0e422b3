import Access

/// Checks the text of a name while a person types it.
enum NameEntry {
  /// What is wrong with a text; nil where it is a name. An empty text is wrong only at the end, so that
  /// nobody sees a complaint before typing.
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
