import Access
import ArgumentParser

/// When what a command gives begins and ends.
struct BoundsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "When it begins: a day, a time as in 2027-02-21T00:00:00Z, or a time from now as in +36h.",
      valueName: "when"), completion: .names(.laterTimes(ends: false)))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "When it ends by itself: written as for --from, or never.",
      discussion: "Without --from and --until what is given already keeps its beginning and end.",
      valueName: "when"), completion: .names(.laterTimes(ends: true)))
  var until: String?

  var isEmpty: Bool { from == nil && until == nil }

  /// The bounds; nil where neither end is given.
  ///
  /// Errors: ``Trouble`` for what is no instant, for an end that is over, and for one that is not after the beginning.
  func bounds(now: Timestamp) throws(Trouble) -> Bounds? {
    guard !isEmpty else { return nil }
    let start = try from.map { text throws(Trouble) in try InstantArgument.instant(text, now: now) }
    let end = try until.flatMap { text throws(Trouble) in try InstantArgument.end(text, now: now) }
    return try Bounds(argumentsFrom: start, until: end)
  }
}

extension Bounds {
  /// Makes bounds of what a person gave.
  ///
  /// Errors: ``Trouble`` for an end that is not after the beginning.
  init(argumentsFrom start: Timestamp?, until end: Timestamp?) throws(Trouble) {
    do { self = try Bounds(from: start, until: end) } catch {
      throw Trouble("\(error)", hint: "an end must be later than the beginning", exitStatus: .badData)
    }
  }
}

let tokenStartHelp = ArgumentHelp(
  "When the token becomes valid: a day, a time as in 2027-02-21T00:00:00Z, or a time from now as in +36h.",
  discussion: "A token is valid from when it is made where nothing is said.", valueName: "when")
