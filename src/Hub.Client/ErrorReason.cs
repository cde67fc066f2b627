namespace Hub.Client;

/// <summary>Why the Hub refused a call: the names of <c>hub.v1.ErrorReason</c>, with the same numbers.</summary>
public enum ErrorReason
{
    /// <summary>None: the answer was not the Hub's, or its reason is newer than this SDK.</summary>
    Unspecified = 0,

    /// <summary>UNAUTHENTICATED. The call carried no access token. Send <c>authorization: Bearer …</c>.</summary>
    TokenMissing = 1,

    /// <summary>
    /// UNAUTHENTICATED. The token is expired, wrongly signed, for another audience, of another issuer, too long-lived, or bound
    /// to a key (<c>cnf</c>) that this Hub does not verify. Get a new one from the configured issuer.
    /// </summary>
    TokenInvalid = 2,

    /// <summary>PERMISSION_DENIED. The token lacks the scope that this RPC needs; the metadata <c>scope</c> names it.</summary>
    ScopeInsufficient = 3,

    /// <summary>PERMISSION_DENIED. The resource is not the caller's or does not exist; the two are not told apart.</summary>
    NotPermitted = 4,

    /// <summary>PERMISSION_DENIED. The caller's administration is suspended. Ask the secretariat.</summary>
    AdministrationSuspended = 5,

    /// <summary>PERMISSION_DENIED. The act needs a person's token (authorization code), not a machine's.</summary>
    PersonRequired = 6,

    /// <summary>INVALID_ARGUMENT. One or more fields break a rule; <c>BadRequest</c> names field, rule and remedy.</summary>
    FieldInvalid = 10,

    /// <summary>INVALID_ARGUMENT. The page token is not one of this query. Start again without it.</summary>
    PageTokenInvalid = 11,

    /// <summary>ALREADY_EXISTS. The request_id was used for another request. Use a fresh UUID.</summary>
    RequestIdReused = 12,

    /// <summary>ABORTED. The etag is not that of the current version: read the resource again, then repeat the change on it.</summary>
    EtagMismatch = 13,

    /// <summary>RESOURCE_EXHAUSTED. The message is larger than the server accepts; the limit is in the text.</summary>
    MessageTooLarge = 14,

    /// <summary>
    /// INVALID_ARGUMENT. The bytes are no message of this RPC: they cannot be read by its proto, or, over JSON, the syntax, the
    /// name of a field or the type of a value is wrong. Nothing of it was looked at.
    /// </summary>
    MessageMalformed = 15,

    /// <summary>
    /// NOT_FOUND. No such instrument, indicator, group, collection, change, administration, release or benchmark; a release
    /// that is not open yet answers the same. (Submissions never answer this.)
    /// </summary>
    NotFound = 20,

    /// <summary>FAILED_PRECONDITION. The collection's window has not opened yet; the text has the opening time.</summary>
    CollectionNotOpen = 21,

    /// <summary>
    /// FAILED_PRECONDITION. The collection's window is over; the text has the closing time. Corrections stay possible.
    /// </summary>
    CollectionClosed = 22,

    /// <summary>
    /// ALREADY_EXISTS. The caller already has a live submission in this collection; correct that one. The metadata
    /// <c>submission</c> names it.
    /// </summary>
    SubmissionExists = 23,

    /// <summary>FAILED_PRECONDITION. The submission was withdrawn.</summary>
    SubmissionWithdrawn = 24,

    /// <summary>FAILED_PRECONDITION. The content of this collection was erased by its owner.</summary>
    SubmissionErased = 25,

    /// <summary>FAILED_PRECONDITION. The change was confirmed by everybody it needs, or is no longer pending.</summary>
    ChangeNotPending = 26,

    /// <summary>FAILED_PRECONDITION. A change must be confirmed by another person than the one who proposed it, each once.</summary>
    ConfirmationBySamePerson = 27,

    /// <summary>
    /// FAILED_PRECONDITION. The change does not fit what is registered (registered twice, reinstated without suspension …).
    /// </summary>
    ChangeNotApplicable = 28,

    /// <summary>RESOURCE_EXHAUSTED, with RetryInfo. The caller has too many calls, bytes or streams under way.</summary>
    QuotaExceeded = 40,

    /// <summary>UNAVAILABLE, with RetryInfo. The act may or may not have been recorded: repeat it with the same request_id.</summary>
    LedgerUnavailable = 41,

    /// <summary>UNAVAILABLE, with RetryInfo. This silo has not followed the ledger for over two seconds and changes nothing.</summary>
    SiloNotReady = 42,

    /// <summary>DEADLINE_EXCEEDED. The call took longer than the deadline that the caller set.</summary>
    DeadlineExceeded = 43,

    /// <summary>INTERNAL. A fault of the Hub. The metadata <c>correlation_id</c> finds it in the operator's log.</summary>
    Internal = 44,

    /// <summary>UNIMPLEMENTED. No such RPC at this address, or not over this protocol.</summary>
    Unimplemented = 45,

    /// <summary>
    /// FAILED_PRECONDITION. A release was proposed of a collection whose window is not over; the text has the closing time.
    /// </summary>
    CollectionOpen = 50,

    /// <summary>
    /// FAILED_PRECONDITION. The collection has no plan, or the plan breaks a rule of protection; <c>BadRequest</c> names field,
    /// rule and remedy. Change the plan in the catalogue.
    /// </summary>
    PlanRefused = 51,

    /// <summary>FAILED_PRECONDITION. The plan's policy contradicts itself; <c>BadRequest</c> names field, rule and remedy.</summary>
    PolicyRefused = 52,

    /// <summary>FAILED_PRECONDITION. Nobody reviews what he proposed. Ask another reviewer.</summary>
    ReviewByProposer = 53,

    /// <summary>FAILED_PRECONDITION. This person has reviewed the proposal already.</summary>
    ReviewRepeated = 54,

    /// <summary>FAILED_PRECONDITION. The release is in a state, told in the metadata <c>state</c>, that does not allow this.</summary>
    ReleaseState = 55,

    /// <summary>FAILED_PRECONDITION. The publish time is nearer than the policy's lead; the text has the earliest one.</summary>
    PublishTimeTooEarly = 56,

    /// <summary>
    /// FAILED_PRECONDITION. The content of a contribution to this collection was erased after something of it was shown: there
    /// is no further edition of it.
    /// </summary>
    CollectionErased = 57,

    /// <summary>
    /// FAILED_PRECONDITION. Something of this collection was shown, so that its erasure waits for an operator's confirmation.
    /// </summary>
    ErasureUnconfirmed = 58,
}
