private import Glibc

/// How long a test waits before it gives up. Nothing that it waits for takes nearly as long.
package let patienceInSeconds = 60.0

/// Waits until something is there, and gives it.
///
/// - Parameter what: names in the failure what was waited for.
package func eventually<Value>(_ what: String, _ value: () throws -> Value?) throws -> Value {
  let end = ContinuousClock.now + .seconds(patienceInSeconds)
  while true {
    if let value = try value() { return value }
    guard ContinuousClock.now < end else { throw WaitedInVain(what: what) }
    usleep(2_000)
  }
}

/// Waits until a condition holds.
package func eventually(_ what: String, _ condition: () throws -> Bool) throws {
  let _: Bool = try eventually(what) { try condition() ? true : nil }
}

package struct WaitedInVain: Error, CustomStringConvertible {
  package let what: String
  package var description: String { "waited in vain for \(what)" }
}
