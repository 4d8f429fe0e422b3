import Access
import Administration
import Store
import Testing

@testable import Interchange

@Suite("A test of access that is written from a denial")
struct AccessTestWritingTests {
  @Test(
    "is read again, and holds as long as the request is denied",
    arguments: [
      (
        #"{"apiUser":"Portal Mexico","tokenName":"portal","widget":"Sales MX","company":"US"}"#,
        DecisionStep.grant
      ),
      (#"{"apiUser":"Portal Mexico","widget":"Sales MX","list":"Items"}"#, .catalogue),
      (
        #"{"apiUser":"Portal Mexico","api":true,"connector":"Business Central","list":"Sales Orders"}"#,
        .surface
      ),
      (
        #"{"user":"otto","widget":"Sales MX","list":"Sales Orders","detail":"Lines","at":"2027-01-01T00:00:00Z","source":"10.0.0.1"}"#,
        .surface
      ),
    ])
  func roundTrip(line: String, step: DecisionStep) throws {
    let fixture = try Fixture()
    try DemoStore.fill(fixture.administration)
    if line.contains("otto") {
      _ = try fixture.administration.change { try $0.addAccount(.user, name: try Name("otto")) }
    }
    let request = try Array(line.utf8).withUnsafeBufferPointer { try CheckLine.request($0) }
    let verdict = try fixture.administration.check(request)
    #expect(verdict.decision.deniedStep == step)
    let text = verdict.test(deniedAt: step, named: "denied: “x” # y")
    let file = try AccessTestFile.parse(Array(text.utf8), named: "denied.yaml")
    #expect(file.tests.count == 1 && file.tests.first?.title == "denied: “x” # y")
    guard case .check(let read, _)? = file.tests.first?.question else {
      Issue.record("no check: \(text)")
      return
    }
    #expect(read == request, "\(text)")
    #expect(try fixture.administration.run([file]).holds, "\(text)")
  }
}
