using Hub.Silo.Access;

namespace Hub.Silo.Releases;

/// <summary>Who acts on a release, and by which scopes.</summary>
[GenerateSerializer, Immutable, Alias("hub.release-actor")]
internal sealed record ReleaseActor(string Pseudonym, bool IsReviewer, bool IsOperator);

/// <summary>A look at a proposal.</summary>
[GenerateSerializer, Immutable, Alias("hub.view-release")]
internal sealed record ViewCommand(Act Act, ReleaseActor Actor);

/// <summary>A verdict on exactly the proposal that the etag stands for.</summary>
[GenerateSerializer, Immutable, Alias("hub.review-release")]
internal sealed record ReviewCommand(Act Act, ReleaseActor Actor, int Verdict, string Comment, string Etag);

/// <summary>The time at which a release opens.</summary>
[GenerateSerializer, Immutable, Alias("hub.schedule-release")]
internal sealed record ScheduleCommand(Act Act, ReleaseActor Actor, DateTimeOffset? PublishTime);

/// <summary>A release to take back.</summary>
[GenerateSerializer, Immutable, Alias("hub.withdraw-release")]
internal sealed record WithdrawCommand(Act Act, ReleaseActor Actor, string Reason);

/// <summary>Up to where the log has to be followed to see what was done.</summary>
[GenerateSerializer, Immutable, Alias("hub.release-answer")]
internal sealed record ReleaseAnswer(long Position);
