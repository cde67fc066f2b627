
namespace Hub.Silo;

/// <summary>One field that breaks a rule: where it is, which rule, and what to do about it.</summary>
[GenerateSerializer, Immutable, Alias("hub.violation")]
internal sealed record Violation(string Field, string Rule, string Remedy)
{
    public string Description => $"{Rule} {Remedy}";
}

/// <summary>Why a call is refused: a value that travels from the rules to the edge, where it becomes a google.rpc.Status.</summary>
[GenerateSerializer, Immutable, Alias("hub.refusal")]
internal sealed record Refusal(ErrorReason Reason, string Detail)
{
    /// <summary>Fields at fault, in the order of the request.</summary>
    [Id(0)]
    public IReadOnlyList<Violation> Violations { get; init; } = [];

    /// <summary>ErrorInfo.metadata: never a figure, never another administration's.</summary>
    [Id(1)]
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>When the same call may be repeated, if repeating can help.</summary>
    [Id(2)]
    public TimeSpan? RetryAfter { get; init; }

    public static Refusal Invalid(IReadOnlyList<Violation> violations) =>
        new(ErrorReason.FieldInvalid, $"{violations.Count} field(s) break a rule; the first: {violations[0].Field}: {violations[0].Description}")
        {
            Violations = violations,
        };

    public static Refusal Invalid(string field, string rule, string remedy) => Invalid([new Violation(field, rule, remedy)]);

    /// <summary>The one answer for what is not the caller's and for what does not exist, byte for byte the same.</summary>
    public static Refusal NotPermitted() =>
        new(ErrorReason.NotPermitted, "The resource is not yours, or does not exist. Use a name that the Hub gave you, or administrations/self.");

    public static Refusal NotFound(string what) =>
        new(ErrorReason.NotFound, $"There is no {what}. List its collection to see what exists.");
}

/// <summary>What a rule decided: a value to go on with, or a refusal. Nothing is thrown inside the slices.</summary>
[GenerateSerializer, Immutable, Alias("hub.decision`1")]
internal readonly struct Decision<T>
{
    [Id(0)]
    private readonly T? value;

    private Decision(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    [Id(1)]
    public Refusal? Refusal { get; }

    public bool IsRefused => Refusal is not null;

    /// <summary>The value; asking a refused decision for it is a fault of the caller's code.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException("A refused decision has no value.");

    /// <summary>The value, or the refusal thrown: only at the edge (a gRPC service).</summary>
    public T OrThrow() => Refusal is null ? value! : throw new HubException(Refusal);

    public static implicit operator Decision<T>(T value) => new(value, null);

    public static implicit operator Decision<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Carries a refusal out of a gRPC service to the interceptor that answers it.</summary>
internal sealed class HubException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;
}
