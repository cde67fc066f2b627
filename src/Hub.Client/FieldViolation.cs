namespace Hub.Client;

/// <summary>One field that breaks a rule.</summary>
/// <param name="Field">Its path in the request, for example <c>submission.values[0].decimal</c>.</param>
/// <param name="Description">The rule, and the remedy.</param>
public sealed record FieldViolation(string Field, string Description);
