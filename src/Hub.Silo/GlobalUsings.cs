// The one type of the wire contract that rules may name: a refusal's reason is the same word inside and outside.
global using ErrorReason = Hub.V1.ErrorReason;
