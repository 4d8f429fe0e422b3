/// What to do where somebody changed the same thing meanwhile.
enum ConflictAnswer: Hashable, Sendable { case saveMine, takeTheirs, back }

/// Shows both versions, and asks which is to stay.
enum ConflictDialog {
  static func make(theirs: String, mine: String) -> QuestionDialog<ConflictAnswer> {
    QuestionDialog(
      title: "Changed meanwhile",
      text: "Somebody changed the same thing while you edited it. Nothing was saved.",
      points: ["saved now: \(theirs)", "yours: \(mine)"],
      buttons: [
        Button(.back, "Go back"), Button(.takeTheirs, "Take theirs"), Button(.saveMine, "Save mine"),
      ],
      focus: .back, escape: .back)
  }
}
